import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#node/config/load-config';
import type { LidarSpec } from '#shared/config/lidar-schema';
import type { LidarSample } from '#shared/sampling/lidar-sample';
import { sampleLidars } from '#shared/sampling/sample-lidars';
import { Sampler } from '#shared/sampling/sampler';

const LIDARS = readdirSync('configs/lidars').map((name) => name.replace(/\.yaml$/, ''));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-lidars-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A unit over a shipped config, with some of its keys stated anew, drawn. */
async function unitOf(name: string, more: Partial<LidarSpec> = {}): Promise<LidarSample> {
  const bases = [resolve('configs/tabletop.yaml'), resolve('configs/lidars', `${name}.yaml`)];
  const path = join(folder, `${name}.yaml`);
  const camera = { lidars: { [name]: more } };
  const lines = [
    `extends: ${JSON.stringify(bases)}`,
    `name: ${name}`,
    `camera: ${JSON.stringify(camera)}`,
  ];
  await writeFile(path, lines.join('\n'));
  const { lidars = {} } = (await loadConfig({ path })).config.camera;
  expect(Object.keys(lidars)).toEqual([name]);
  const [unit] = sampleLidars(new Sampler('units', 0), lidars);
  if (unit === undefined) throw new Error('expected a lidar');
  return unit;
}

describe('the lidars that ship', () => {
  it('are these', () => {
    expect(LIDARS.sort()).toEqual(['hdl-64e', 'os1-64', 'vlp-16']);
  });

  it.each(LIDARS)('%s: lies over a config, which says where it stands', async (name) => {
    const unit = await unitOf(name);
    const moved = await unitOf(name, { positionMeters: [0, -1, 0] });
    expect(moved).toEqual({ ...unit, positionMeters: [0, -1, 0] });
    expect(unit.relativeTo).toBe('level');
    expect(unit.turn).toMatchObject({ fromDegrees: 180, toDegrees: -180 });
  });

  it.each([
    // Rings, the last elevation, columns: 0.1 s of 55.296 µs; 1.3 million a second of 64 lasers and 10 turns; as stated.
    ['vlp-16', [16, 15, Math.floor(0.1 / 55.296e-6)]],
    ['hdl-64e', [64, -24.9, Math.floor(1.3e6 / 64 / 10)]],
    ['os1-64', [64, -16.611, 1024]],
  ])('%s: has the rays that its sources come to', async (name, expected) => {
    const { elevationsDegrees, turn } = await unitOf(name);
    const last = Number(elevationsDegrees.at(-1)?.toFixed(9));
    expect([elevationsDegrees.length, last, turn.columns]).toEqual(expected);
  });

  it('os1-64: sees bright things as far as its data sheet says, by what that says of dark ones', async () => {
    const { detection, farMeters, azimuthOffsetsDegrees } = await unitOf('os1-64');
    if (detection === undefined) throw new Error('expected a limit');
    const bright = detection.rangeMeters * Math.sqrt(0.8 / detection.reflectance);
    expect(bright / farMeters).toBeGreaterThan(0.9);
    expect(bright / farMeters).toBeLessThan(1.1);
    expect(azimuthOffsetsDegrees.slice(0, 5)).toEqual([3.164, 1.055, -1.055, -3.164, 3.164]);
  });
});
