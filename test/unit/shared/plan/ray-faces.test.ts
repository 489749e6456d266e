import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import { NO_FACE, rayFacesOf, type RayFaces } from '#shared/plan/ray-faces';
import { streamFor } from '#shared/core/stream';

/** Directions of a globe's pixels: longitudes and latitudes, degrees, from the left and from above. */
function globe(width: number, height: number, [across, down]: readonly [number, number]) {
  const directions = new Float64Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    const longitude = ((u / width - 0.5) * across * Math.PI) / 180;
    const latitude = ((v / height - 0.5) * down * Math.PI) / 180;
    directions.set(
      [
        Math.sin(longitude) * Math.cos(latitude),
        Math.sin(latitude),
        Math.cos(longitude) * Math.cos(latitude),
      ],
      i * 3,
    );
  }
  return directions;
}

/** Rays that look anywhere. */
function anywhere(count: number): Float64Array {
  const next = streamFor({ seed: 'rays', frame: 0, path: 'directions' });
  const directions = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) {
    const [z, turn] = [2 * next() - 1, 2 * Math.PI * next()];
    const radius = Math.sqrt(1 - z * z);
    directions.set([radius * Math.cos(turn), radius * Math.sin(turn), z], i * 3);
  }
  return directions;
}

const rayAt = (directions: Float64Array, ray: number): Vec3 =>
  [...directions.subarray(ray * 3, ray * 3 + 3)] as unknown as Vec3;

/** The greatest way by which a ray misses what its pixel asks for, or Infinity where two share one. */
function greatestMiss(directions: Float64Array, { faces, faceOf, cellOf }: RayFaces): number {
  let greatest = 0;
  const taken = new Set<string>();
  for (const [ray, number] of faceOf.entries()) {
    const [face, cell] = [faces[number], cellOf[ray] ?? -1];
    if (face === undefined || taken.has(`${number}:${cell}`)) return Infinity;
    taken.add(`${number}:${cell}`);
    const { sourceIntrinsics, sourceSize } = face;
    const [x = NaN, y = NaN, z = NaN] = face.rays.subarray(cell * 4);
    const [column, row] = [
      (sourceIntrinsics.fx * x) / z + sourceIntrinsics.cx,
      (sourceIntrinsics.fy * y) / z + sourceIntrinsics.cy,
    ];
    // The place lies in the pixel, but for what float32 has of the direction.
    const acrossMiddle = column - (cell % sourceSize.width) - 0.5;
    const downMiddle = row - Math.floor(cell / sourceSize.width) - 0.5;
    const isInside = Math.max(Math.abs(acrossMiddle), Math.abs(downMiddle)) < 0.52;
    if (face.owners[cell] !== ray || !(z > 0.577) || !isInside) return Infinity;
    const back = transformPoint(face.cameraFromFace, [x, y, z]);
    const asked = rayAt(directions, ray);
    greatest = Math.max(greatest, Math.hypot(...back.map((value, i) => value - (asked[i] ?? NaN))));
  }
  return greatest;
}

describe('faces that hold rays', () => {
  it.each([
    ['anywhere', anywhere(5000)],
    ['of a scanner that turns', globe(720, 32, [360, 40])],
    ['of a scanner of a part', globe(300, 60, [120, 25])],
    ['of a whole globe', globe(160, 80, [360, 180])],
    ['one ray', Float64Array.from([0, 0, -1])],
  ])('gives each ray a pixel of its own and its own direction back: %s', (_, directions) => {
    expect(greatestMiss(directions, rayFacesOf(directions))).toBeLessThan(1e-6);
  });

  it('draws the sides that are looked through alone, no larger than need be', () => {
    const forward = globe(40, 20, [60, 30]);
    const { faces } = rayFacesOf(forward);
    expect(faces).toHaveLength(1);
    const { width, height } = faces[0]?.sourceSize ?? { width: 0, height: 0 };
    expect(width * height).toBeLessThan(40 * 20 * 6);
    expect(rayFacesOf(globe(720, 32, [360, 40])).faces).toHaveLength(4);
  });

  it('has faces that are rotations, with their axis z through the middle of a side', () => {
    for (const { cameraFromFace: m } of rayFacesOf(anywhere(200)).faces) {
      const [a, b, c, , d, e, f, , g, h, i] = m as [number, ...number[]];
      const at = (value: number | undefined): number => value ?? NaN;
      const determinant =
        a * (at(e) * at(i) - at(f) * at(h)) -
        at(b) * (at(d) * at(i) - at(f) * at(g)) +
        at(c) * (at(d) * at(h) - at(e) * at(g));
      expect(determinant).toBe(1);
    }
  });

  it('leaves out what has no direction', () => {
    const { faceOf, cellOf } = rayFacesOf(Float64Array.from([0, 0, 1, NaN, NaN, NaN, 1, 0, 0]));
    expect([...faceOf].map((face) => face === NO_FACE)).toEqual([false, true, false]);
    expect(cellOf[1]).toBe(-1);
  });

  it('keeps the poles of a globe affordable', () => {
    const { faces } = rayFacesOf(globe(512, 256, [360, 180]));
    const pixels = faces.reduce((sum, { owners }) => sum + owners.length, 0);
    console.info(`${faces.length} faces of ${(pixels / 512 / 256).toFixed(1)} times the image`);
    expect(faces.length).toBeLessThan(30);
    expect(pixels).toBeLessThan(60 * 512 * 256);
  });

  it('has a face each for rays that look the same way, and refuses too many of them', () => {
    const same = (count: number): Float64Array =>
      Float64Array.from({ length: 3 * count }, (_, i) => [0, 0.6, 0.8][i % 3] ?? NaN);
    expect(greatestMiss(same(2), rayFacesOf(same(2)))).toBeLessThan(1e-6);
    expect(() => rayFacesOf(same(100))).toThrow('found some too close together');
  });
});
