import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScene } from '#node/scene/load-scene';
import type { LoadedScene } from '#node/scene/loaded-scene';
import type { ResolveResource } from '#node/server/page-server';
import { findConfigIssues } from '#shared/config/check-config';
import { parseConfig } from '#shared/config/parse-config';
import { ConfigError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';

const CATALOGUE = { models: [], environments: [], images: [], materials: [] };

/** Scenes from code and glTF that a test writes, loaded as a run loads them. */
export type StageShelf = Readonly<{
  /** Loads a scene by file name: `.ts` or `.glb`. */
  add: (name: string, content: string | Uint8Array) => Promise<void>;
  /**
   * A frame of a config for the scene, the first and only one unless `config` says otherwise: 96×96 pixels, 96 to a metre at 1 m, seen from z = 2 m, before
   * black, without anti-aliasing or tone mapping. `config` is more YAML; each category is `thing` unless
   * it says otherwise.
   */
  plan: (name: string, config?: string, frame?: number) => FramePlan;
  resolve: ResolveResource;
  close: () => Promise<void>;
}>;

export async function makeStageShelf(): Promise<StageShelf> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-test-'));
  const scenes = new Map<string, LoadedScene>();
  return {
    add: async (name, content) => {
      await writeFile(join(folder, name), content);
      scenes.set(name, await loadScene(join(folder, name), { catalogue: CATALOGUE }));
    },
    plan: (name, config = '', frame = 0) => {
      const scene = scenes.get(name)?.description;
      if (scene === undefined) throw new Error(`the scene ${name} was not loaded`);
      const rest = ['frames: 1\n', 'categories: [thing]\n'].filter(
        (line) => !new RegExp(`^${line.split(':')[0]}:`, 'm').test(config),
      );
      const text = `${BASE}${rest.join('')}${config}`;
      const inputs = { config: parseConfig(text, 'test.yaml'), scene, catalogue: CATALOGUE };
      const issues = findConfigIssues(inputs.config, inputs);
      if (issues.length > 0) throw new ConfigError(issues);
      return planFrame(inputs, sampleScene(inputs, frame));
    },
    resolve: (key) => {
      for (const { resources, description } of scenes.values()) {
        const bytes = resources.get(key);
        const contentType =
          description.source.kind === 'code' ? 'text/javascript' : 'model/gltf-binary';
        if (bytes) return Promise.resolve({ bytes, contentType });
      }
      return Promise.resolve(null);
    },
    close: () => rm(folder, { recursive: true }),
  };
}

const BASE = `
configVersion: 1
name: stage
scene: stage
image: { width: 96, height: 96 }
camera:
  pose: { kind: at, position: [0, 0, 2], target: [0, 0, 0] }
  lens: { kind: intrinsics, fx: 96, fy: 96, cx: 48, cy: 48 }
environment: { background: { kind: color, color: '#000000' } }
sensor: { toneMapping: none }
render: { antialias: none, ambientOcclusion: { strength: 0 } }
`;
