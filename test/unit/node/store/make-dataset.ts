import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import type { DerivedWriter } from '#node/store/finalise-dataset';
import type { ManifestDraft } from '#node/store/inspect-store';
import { writeFileAtomically } from '#node/store/durable-files';

/** A fresh folder of its own in the temporary folder. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'diorama-test-'));
}

/** A small config that is valid, with some of its fields changed. */
export function makeConfig(changes: Partial<ConfigInput> = {}) {
  return configSchema.parse({
    configVersion: 1,
    name: 'tiny',
    scene: 'scenes/tiny.yaml',
    seed: '42',
    frames: 10,
    image: { width: 4, height: 3 },
    categories: ['box'],
    camera: { pose: { kind: 'at', position: [0, 1, 3], target: [0, 0, 0] } },
    ...changes,
  });
}

export const RENDERER: RendererInfo = {
  renderer: 'Test Rasteriser 1.0',
  backend: 'swiftshader',
  browser: 'Chrome/1.2.3',
  three: '187',
};

/** A manifest draft of {@link makeConfig}. */
export function makeDraft(changes: Partial<ConfigInput> = {}): ManifestDraft {
  const config = makeConfig(changes);
  return {
    manifestVersion: 1,
    name: config.name,
    generator: { name: 'diorama', version: '0.1.0' },
    seed: String(config.seed),
    config,
    sources: { frames: 'tiny.yaml:4' },
    configSha256: createHash('sha256').update(JSON.stringify(config)).digest('hex'),
    categories: [{ id: 1, name: 'box' }],
    scene: { path: 'scenes/tiny.yaml', sha256: 'a'.repeat(64) },
    assets: [
      { id: 'scenes/tiny.yaml', kind: 'scene', sha256: 'a'.repeat(64), license: 'MIT' },
      { id: 'crate', kind: 'model', sha256: 'b'.repeat(64), license: 'CC0-1.0', author: 'Ann' },
    ],
    conventions: { bbox: '[x, y, w, h]' },
  };
}

/** Writes a file of a dataset; its content is a function of the frame number. */
export function writeFrameFile(folder: string, frame: number): RecordedFile {
  const path = `images/${String(frame).padStart(6, '0')}.png`;
  const bytes = Buffer.from(`pixels of frame ${frame}`.repeat((frame % 3) + 1));
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

/** The record of a frame without objects. */
export function makeRecord(frame: number, files: FrameRecord['files']): FrameRecord {
  const camera: FrameRecord['camera'] = {
    intrinsics: { fx: 4, fy: 4, cx: 2, cy: 1.5 },
    worldFromCamera: [1, 0, 0, 0, 0, -1, 0, 1, 0, 0, -1, 3, 0, 0, 0, 1],
    nearMeters: 0.02,
    farMeters: 100,
  };
  return {
    recordVersion: 1,
    frame,
    width: 4,
    height: 3,
    camera,
    annotations: { instances: [], dropped: [], depthBeyond16Bit: 0 },
    files,
    sample: {
      seed: '42',
      frame,
      vars: { ü: `“${frame}”` },
      camera: {
        intrinsics: camera.intrinsics,
        nearMeters: camera.nearMeters,
        farMeters: camera.farMeters,
        position: [0, 1, 3],
        target: [0, 0, 0],
        rollDegrees: 0,
      },
      environment: {
        mapId: null,
        rotationDegrees: 0,
        strength: 1,
        background: { kind: 'environment', blur: 0 },
      },
      lights: [],
      nodes: [],
      objects: [],
      sensor: {
        exposureStops: 0,
        blurSigmaPixels: 0,
        vignetting: 0,
        noise: null,
        whiteBalanceKelvin: 6500,
        toneMapping: 'agx',
      },
      rgbQuality: null,
      draws: {},
      dropped: [],
      rejections: {},
    },
  };
}

/** Lists the frames that it was given, in their order. */
export const listFrames: DerivedWriter = {
  paths: ['annotations/frames.json'],
  async write(folder, manifest, records) {
    mkdirSync(join(folder, 'annotations'), { recursive: true });
    const frames = [...records].map(({ frame }) => frame);
    await writeFileAtomically(
      join(folder, 'annotations/frames.json'),
      JSON.stringify({ name: manifest.name, frames }),
    );
  },
};

/** Every file of a folder with its bytes as text, by path; for comparing folders whole. */
export function readTree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [relative(folder, file), readFileSync(file, 'latin1')]),
  );
}
