import { dirname, extname, resolve } from 'node:path';
import type { SceneDescription } from '#shared/config/scene-description';
import type { AssetCatalogue } from '#shared/core/asset-catalogue';
import { AssetError, ConfigError } from '#shared/core/errors';
import { sha256Of } from '../assets/asset-cache.ts';
import { namingAsset } from '../assets/asset-problem.ts';
import { needsUnpacking } from '../assets/gltf-packing.ts';
import { loadSceneFile } from '../config/load-scene-file.ts';
import { displayPath, readTextFile, unreadable } from '../config/read-text-file.ts';
import { describeYamlNodes } from './describe-yaml-scene.ts';
import type { LoadedScene } from './loaded-scene.ts';

export type LoadSceneOptions = Readonly<{
  /** Models that a YAML scene may name. */
  catalogue: AssetCatalogue;
  /** The path as the config has it, for the description; `path` where absent. */
  writtenAs?: string | undefined;
}>;

/**
 * Loads a scene: `.yaml`, `.yml` or `.json` (declarative), `.glb` or `.gltf`, `.ts`, `.mts`, `.js` or
 * `.mjs` (code, which runs in this process).
 *
 * @throws ConfigError, or AssetError for a damaged glTF; both name the file.
 */
export async function loadScene(path: string, options: LoadSceneOptions): Promise<LoadedScene> {
  const writtenAs = options.writtenAs ?? path;
  switch (extname(path).toLowerCase()) {
    case '.yaml':
    case '.yml':
    case '.json':
      return loadYamlScene(path, writtenAs, options.catalogue);
    case '.glb':
    case '.gltf':
      return loadGltfScene(path, writtenAs);
    case '.ts':
    case '.mts':
    case '.js':
    case '.mjs':
      return loadCodeScene(path, writtenAs);
    default: {
      const message = `expected a scene ending in .yaml, .json, .glb, .gltf, .ts or .js, got ${JSON.stringify(path)}.`;
      throw new ConfigError([{ source: displayPath(resolve(path)), path: '', message }]);
    }
  }
}

async function loadYamlScene(
  path: string,
  writtenAs: string,
  catalogue: AssetCatalogue,
): Promise<LoadedScene> {
  const absolute = resolve(path);
  const text = await readTextFile(absolute, 'scene');
  const scene = await loadSceneFile(absolute);
  const nodes = describeYamlNodes(scene, catalogue, { text, source: displayPath(absolute) });
  const { name, volumes, cameras, lights } = scene;
  const source = { kind: 'yaml', path: writtenAs, sha256: sha256Of(text) } as const;
  return {
    description: { source, name, nodes, volumes, cameras, lights },
    files: [absolute],
    resources: new Map(),
    trianglesOf: () => {
      throw new RangeError('a scene of shapes and models has no scene graph');
    },
    warnings: [],
  };
}

/** A glTF scene may refer to files in its own folder and below. */
async function loadGltfScene(path: string, writtenAs: string): Promise<LoadedScene> {
  const { openGltfSource, writePlainGlb } = await import('../assets/gltf-document.ts');
  const { identityOfSource, readGltfSource, resolveUri } = await import('../assets/gltf-source.ts');
  const { describeGltfScene } = await import('./describe-gltf-scene.ts');
  const { memberTriangles } = await import('../assets/model-triangles.ts');
  const absolute = resolve(path);
  const shown = displayPath(absolute);
  const folder = dirname(absolute);
  return namingScene(shown, async () => {
    const source = await readGltfSource(absolute, folder).catch(async (cause: unknown) => {
      if (cause instanceof AssetError) throw cause;
      throw await unreadable(absolute, { what: 'scene', requester: undefined, cause });
    });
    const { document, warnings } = await openGltfSource(source);
    const { parts, warnings: ignored } = describeGltfScene(document, shown);
    const bytes = needsUnpacking(source) ? await writePlainGlb(document) : source.bytes;
    const { sha256 } = identityOfSource(source);
    const external = await Promise.all(
      [...source.external.keys()].map((uri) => resolveUri(absolute, uri, folder)),
    );
    const description: SceneDescription = {
      source: { kind: 'gltf', path: writtenAs, sha256, resource: sha256 },
      ...parts,
      volumes: [],
      lights: {},
    };
    return {
      description,
      files: [absolute, ...external],
      resources: new Map([[sha256, bytes]]),
      trianglesOf: (index) => memberTriangles(document, index),
      warnings: [...warnings, ...ignored].map((text) => `${shown}: ${text}`),
    };
  });
}

async function namingScene(shown: string, step: () => Promise<LoadedScene>): Promise<LoadedScene> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    return namingAsset({ id: 'scene', file: shown }, () => Promise.reject(error as Error));
  }
}

async function loadCodeScene(path: string, writtenAs: string): Promise<LoadedScene> {
  const { bundleCodeScene } = await import('./bundle-code-scene.ts');
  const { evaluateCodeScene } = await import('./evaluate-code-scene.ts');
  const { codeTriangles, describeCodeGraph } = await import('./describe-code-scene.ts');
  const shown = displayPath(resolve(path));
  const { code, files } = await bundleCodeScene(path);
  const { declaration, build } = await evaluateCodeScene(code, shown);
  const nodes = describeCodeGraph(build(), shown);
  // The page builds the scene again; chance or a clock in build() would give it another one.
  if (JSON.stringify(nodes) !== JSON.stringify(describeCodeGraph(build(), shown))) {
    const message =
      'two calls of build() gave different scenes. Use neither chance, nor the time, nor state that outlives a call.';
    throw new ConfigError([{ source: shown, path: '', message }]);
  }
  const sha256 = sha256Of(code);
  const { name, volumes, cameras, lights } = declaration;
  const source = { kind: 'code', path: writtenAs, sha256, resource: sha256 } as const;
  return {
    description: { source, name, nodes, volumes, cameras, lights },
    files,
    resources: new Map([[sha256, code]]),
    trianglesOf: (index) => codeTriangles(build(), index),
    warnings: [],
  };
}
