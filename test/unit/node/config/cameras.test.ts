import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#node/config/load-config';
import type { Config } from '#shared/config/config-schema';

const CAMERAS = readdirSync('configs/cameras').map((name) => name.replace(/\.yaml$/, ''));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-cameras-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A camera over a shipped config, with some of its keys stated anew. */
async function cameraOf(camera: string, more = ''): Promise<Config> {
  const bases = [resolve('configs/tabletop.yaml'), resolve('configs/cameras', `${camera}.yaml`)];
  const path = join(folder, `${camera}.yaml`);
  await writeFile(path, `extends: ${JSON.stringify(bases)}\nname: ${camera}\n${more}`);
  return (await loadConfig({ path })).config;
}

/** Electrons at white of a greatest signal-to-noise ratio: √e, in dB. */
const whiteOf = (decibels: number): number => 10 ** (decibels / 10);
const readOf = (white: number, decibels: number): number => white / 10 ** (decibels / 20);

describe('the cameras that ship', () => {
  it('are these', () => {
    expect(CAMERAS.sort()).toEqual([
      'action',
      'automotive',
      'industrial',
      'phone',
      'raspberry-pi',
      'webcam',
    ]);
  });

  it.each(CAMERAS)('%s: lies over a config, which may state any of it anew', async (camera) => {
    const { sensor, image } = await cameraOf(camera);
    expect(sensor.noise?.fullWellElectrons).toBeGreaterThan(1000);
    expect(sensor.mosaic).toBeDefined();
    expect(sensor.shutter).toBeDefined();
    const tabletop = (await loadConfig({ path: 'configs/tabletop.yaml' })).config;
    expect(image).toEqual(tabletop.image);
    const changed = await cameraOf(camera, 'sensor: { noise: { fullWellElectrons: 777 } }\n');
    expect(changed.sensor).toEqual({
      ...sensor,
      noise: { ...sensor.noise, fullWellElectrons: 777 },
    });
  });

  it.each([
    ['phone', whiteOf(36), readOf(whiteOf(36), 64)],
    ['webcam', whiteOf(39), readOf(whiteOf(39), 69.5)],
    ['industrial', 10_700, readOf(10_700, 75.46)],
    ['automotive', whiteOf(43.9), readOf(whiteOf(43.9), 82)],
    ['raspberry-pi', (65_535 - 4096) / 3.67 ** 2, 2.5],
  ])('%s: has the electrons that its data sheet comes to', async (camera, white, read) => {
    const { noise } = (await cameraOf(camera)).sensor;
    expect(noise?.fullWellElectrons).toBeCloseTo(white, -0.4);
    expect(noise?.readElectrons).toBeCloseTo(read, 0.7);
  });

  it('action: sees the angles that its maker states, and the diagonal within half a degree', async () => {
    const { lens } = (await cameraOf('action')).camera;
    if (lens.kind !== 'fov' || lens.distortion?.kind !== 'kannala-brandt') throw new Error('lens');
    const k1 = Number(lens.distortion.k1);
    const focal = 540 / Math.tan((Number(lens.verticalDegrees) * Math.PI) / 360);
    const degreesAt = (pixels: number): number => {
      let angle = 0.5;
      for (let i = 0; i < 30; i++)
        angle -=
          (focal * angle * (1 + k1 * angle ** 2) - pixels) / (focal * (1 + 3 * k1 * angle ** 2));
      return (2 * angle * 180) / Math.PI;
    };
    expect(degreesAt(960)).toBeCloseTo(118.2, 1);
    expect(degreesAt(540)).toBeCloseTo(69.5, 1);
    expect(Math.abs(degreesAt(Math.hypot(960, 540)) - 133.6)).toBeLessThan(0.5);
  });
});
