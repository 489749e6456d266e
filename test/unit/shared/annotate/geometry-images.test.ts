import { describe, expect, it } from 'vitest';
import { normalsToRgb } from '#shared/annotate/normals-to-rgb';
import { coordinatesTo16Bit, objectCoordinates } from '#shared/annotate/object-coordinates';
import { pointCloud } from '#shared/annotate/point-cloud';
import { rangeFromDepth } from '#shared/annotate/range-from-depth';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { translation } from '../../../makers/make-labelled-frame.ts';

/** The pixels of a 2 × 2 image look along (∓½, ∓½, 1). */
const INTRINSICS = { fx: 1, fy: 1, cx: 1, cy: 1 };
const SIZE = { width: 2, height: 2 };

describe('rangeFromDepth', () => {
  it('is the length of the ray: depth · √(1 + x² + y²)', () => {
    const depth = Float32Array.of(0, 1, 2, 10);
    const range = rangeFromDepth({ ...SIZE, depth }, INTRINSICS);
    expect(Array.from(range)).toEqual([0, 1, 2, 10].map((z) => Math.fround(z * Math.sqrt(1.5))));
  });

  it('takes each axis by its own intrinsics: the classic 2, 3, 6 → 7', () => {
    const depth = Float32Array.of(6);
    const intrinsics = { fx: 3, fy: 2, cx: -0.5, cy: -0.5 };
    expect(Array.from(rangeFromDepth({ width: 1, height: 1, depth }, intrinsics))).toEqual([7]);
  });
});

describe('normalsToRgb', () => {
  it('rounds (n·½ + ½)·255, and keeps nothing black', () => {
    const normal = Float32Array.of(0, 0, -1, 1, 0, 0, 0, 0, 0, -0.6, 0.8, 0);
    expect(Array.from(normalsToRgb(normal))).toEqual([
      ...[128, 128, 0],
      ...[255, 128, 128],
      ...[0, 0, 0],
      ...[51, 230, 128],
    ]);
  });
});

describe('objectCoordinates', () => {
  const bounds = { min: [-1, -1, -2] as Vec3, max: [3, 1, 2] as Vec3 };
  const pixels = {
    ...SIZE,
    instanceId: Uint16Array.of(1, 1, 0, 2),
    depth: Float32Array.of(2, 2, 2, 2),
  };
  const at = (coordinates: Float32Array, pixel: number): number[] =>
    Array.from(coordinates.subarray(pixel * 3, pixel * 3 + 3));

  it('says where in its box a pixel lies', () => {
    // Pixels 0 and 1 are at (∓1, −1, 2): in the object, 3 m ahead, (∓1, −1, −1).
    const instance = makeAnnotation(1, '1', { cameraFromObject: translation(0, 0, 3), bounds });
    const found = objectCoordinates(pixels, INTRINSICS, [instance]);
    expect(at(found, 0)).toEqual([0, 0, 0.25]);
    expect(at(found, 1)).toEqual([0.5, 0, 0.25]);
    expect(at(found, 2)).toEqual([0, 0, 0]);
    // Instance 2 was dropped: it is not among the annotations.
    expect(at(found, 3)).toEqual([0, 0, 0]);
  });

  it('turns with the pose', () => {
    // The object's x is the camera's y, its y the camera's z, its z the camera's x.
    const pose: Mat4 = [0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 1];
    const instance = makeAnnotation(1, '1', { cameraFromObject: pose, bounds });
    const found = objectCoordinates(pixels, INTRINSICS, [instance]);
    // (1, −1, 2) of the camera is (−1, 0, 1) of the object.
    expect(at(found, 1)).toEqual([0, 0.5, 0.75]);
  });

  it('keeps the sides of a mirrored and scaled object', () => {
    const instance = makeAnnotation(1, '1', {
      cameraFromObject: translation(0, 0, 3),
      scale: [-0.5, 1, 2],
      bounds,
    });
    const found = objectCoordinates(pixels, INTRINSICS, [instance]);
    // (−1, −1, −1) m is (2, −1, −0.5) before scale; (1, …) is (−2, …), outside, and put on the side.
    expect(at(found, 0)).toEqual([0.75, 0, 0.375]);
    expect(at(found, 1)).toEqual([0, 0, 0.375]);
  });

  it('is ½ along an axis without extent, and nothing without bounds', () => {
    const flat = { min: [-2, -1, -1] as Vec3, max: [2, 1, -1] as Vec3 };
    const pose = translation(0, 0, 3);
    const found = objectCoordinates(pixels, INTRINSICS, [
      makeAnnotation(1, '1', { cameraFromObject: pose, bounds: flat }),
      makeAnnotation(2, '1', { cameraFromObject: pose, bounds: null }),
    ]);
    expect(at(found, 0)).toEqual([0.25, 0, 0.5]);
    expect(at(found, 3)).toEqual([0, 0, 0]);
  });

  it('becomes 16 bits by rounding', () => {
    const coordinates = Float32Array.of(0, 0.5, 1, 1 / 65535);
    expect(Array.from(coordinatesTo16Bit(coordinates))).toEqual([0, 32768, 65535, 1]);
  });
});

describe('pointCloud', () => {
  it('lifts every pixel with a depth, in rows from the top, with its ids and colour', () => {
    const pixels = {
      ...SIZE,
      instanceId: Uint16Array.of(7, 0, 0, 9),
      depth: Float32Array.of(2, 0, 4, 8),
      color: Uint8Array.from({ length: 16 }, (_, i) => i * 10),
    };
    const cloud = pointCloud(pixels, INTRINSICS, [
      makeAnnotation(7, '1', { categoryId: 300 }),
      makeAnnotation(9, '1', { categoryId: 2 }),
    ]);
    expect(cloud).toEqual({
      count: 3,
      points: Float32Array.of(-1, -1, 2, -2, 2, 4, 4, 4, 8),
      colors: Uint8Array.of(0, 10, 20, 80, 90, 100, 120, 130, 140),
      instanceIds: Uint16Array.of(7, 0, 9),
      categoryIds: Uint16Array.of(300, 0, 2),
    });
  });

  it('is empty where nothing is', () => {
    const nothing = {
      width: 1,
      height: 1,
      instanceId: new Uint16Array(1),
      depth: new Float32Array(1),
      color: new Uint8Array(4),
    };
    expect(pointCloud(nothing, INTRINSICS, []).count).toBe(0);
  });
});
