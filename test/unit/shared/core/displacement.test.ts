import {
  ClampToEdgeWrapping,
  FloatType,
  MirroredRepeatWrapping,
  NearestFilter,
  RepeatWrapping,
  UnsignedByteType,
} from 'three';
import { describe, expect, it } from 'vitest';
import { heightAt, type HeightMap, type Wrap } from '#shared/core/displacement';
import { THREE_CONSTANTS } from '#shared/core/read-displacement';

const map = (changes: Partial<HeightMap> = {}): HeightMap => ({
  width: 4,
  height: 2,
  values: [0, 10, 20, 30, 100, 110, 120, 130],
  channels: 1,
  unit: 1,
  wrap: ['clamp', 'clamp'],
  linear: false,
  transform: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  ...changes,
});

describe('heightAt', () => {
  it('is the texel without a filter, rows from v = 0', () => {
    const at = (u: number, v: number): number => heightAt(map(), u, v);
    expect([at(0, 0), at(0.26, 0.4), at(0.99, 0.6), at(0.5, 0.5)]).toEqual([0, 10, 130, 120]);
  });

  it('is the mean of four texels by nearness with one', () => {
    const at = (u: number, v: number): number => heightAt(map({ linear: true }), u, v);
    // Centres are at (i + ½) / 4 and (j + ½) / 2.
    expect(at(0.125, 0.25)).toBe(0);
    expect(at(0.25, 0.25)).toBe(5);
    expect(at(0.25, 0.5)).toBe(55);
    expect(at(0.4375, 0.625)).toBe(0.25 * 12.5 + 0.75 * 112.5);
    expect([at(0, 0), at(1, 1)]).toEqual([0, 130]);
  });

  it.each<[Wrap, readonly number[]]>([
    ['repeat', [20, 30, 0, 10, 20, 30, 0, 10]],
    ['clamp', [0, 0, 0, 10, 20, 30, 30, 30]],
    ['mirror', [10, 0, 0, 10, 20, 30, 30, 20]],
  ])('goes on beyond the edges by %s', (wrap, expected) => {
    const wide = map({ wrap: [wrap, 'clamp'] });
    const found = [-2, -1, 0, 1, 2, 3, 4, 5].map((i) => heightAt(wide, (i + 0.5) / 4, 0));
    expect(found).toEqual(expected);
  });

  it('takes channels, units and the transform of the texture into account', () => {
    const values = Uint8Array.of(255, 1, 0, 2);
    const two = map({ width: 2, height: 1, values, channels: 2, unit: 1 / 255 });
    expect([heightAt(two, 0, 0), heightAt(two, 0.9, 0)]).toEqual([1, 0]);
    // Columns: u goes along v, v along −u, then moved by (¼, 0).
    const turned = map({ transform: [0, 1, 0, 1, 0, 0, 0.25, 0, 1] });
    expect(heightAt(turned, 0.6, 0.3)).toBe(heightAt(map(), 0.55, 0.6));
  });
});

describe('constants of three.js', () => {
  it('are those that this version has', () => {
    expect([...THREE_CONSTANTS.wraps.keys()]).toEqual([
      RepeatWrapping,
      ClampToEdgeWrapping,
      MirroredRepeatWrapping,
    ]);
    const { nearestFilter, unsignedByteType, floatType } = THREE_CONSTANTS;
    expect([nearestFilter, unsignedByteType, floatType]).toEqual([
      NearestFilter,
      UnsignedByteType,
      FloatType,
    ]);
  });
});
