import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { prepareInputs, type LoadedInputs } from '#node/run/prepare-run';
import { makeArm } from '../../fixtures/assets/make-arm.ts';

/** The configs that, together, use every kind of value, light, texture and placement. */
export const EVERY_KIND = [
  'test/fixtures/page/every-kind.yaml',
  'test/fixtures/page/every-kind-indoors.yaml',
  'test/fixtures/page/every-kind-outdoors.yaml',
  'test/fixtures/page/every-kind-evening.yaml',
  'test/fixtures/page/every-kind-backdrops.yaml',
  'test/fixtures/page/every-kind-wide.yaml',
] as const;

/** Loads one of {@link EVERY_KIND}, with assets of its own: the image `swatches/paint`, the material `swatches/weave` and the model `arm`. */
export async function loadEveryKind(
  configPath: (typeof EVERY_KIND)[number],
): Promise<LoadedInputs & Readonly<{ folder: string; remove: () => Promise<void> }>> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-test-'));
  await mkdir(join(folder, 'swatches', 'weave'), { recursive: true });
  await writeSwatch(join(folder, 'swatches', 'paint.png'), (x, y) => [
    40 + 6 * x,
    200 - 4 * y,
    (x * y) % 256,
  ]);
  await writeSwatch(join(folder, 'swatches', 'weave', 'weave_color.png'), (x, y) =>
    (x + y) % 4 < 2 ? [180, 150, 110] : [90, 70, 60],
  );
  await writeSwatch(join(folder, 'swatches', 'weave', 'weave_normal.png'), (x, y) => [
    x % 4 < 2 ? 108 : 148,
    y % 4 < 2 ? 108 : 148,
    250,
  ]);
  await writeSwatch(join(folder, 'swatches', 'weave', 'weave_roughness.png'), (x) => [
    0,
    100 + 4 * x,
    0,
  ]);
  const photo = {
    view: { verticalDegrees: 50, pitchDegrees: -5 },
    sun: { azimuthDegrees: 40, elevationDegrees: 35 },
  };
  const entry = { id: 'swatches/paint', file: 'swatches/paint.png', license: 'CC0-1.0', photo };
  const arm = { id: 'arm', file: 'arm.glb', category: 'arm', license: 'CC0-1.0' };
  await writeFile(join(folder, 'arm.glb'), await makeArm());
  await writeFile(join(folder, 'assets.json'), JSON.stringify([entry, arm]));
  const loaded = await prepareInputs({ configPath, assetFolders: [folder] });
  return { ...loaded, folder, remove: () => rm(folder, { recursive: true }) };
}

/** Side of a swatch, pixels. */
const SIDE = 32;

async function writeSwatch(
  file: string,
  rgbAt: (x: number, y: number) => readonly [number, number, number],
): Promise<void> {
  const bytes = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return rgbAt(pixel % SIDE, Math.floor(pixel / SIDE))[i % 3] ?? 0;
  });
  await sharp(bytes, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toFile(file);
}
