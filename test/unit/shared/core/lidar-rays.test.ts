import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/core/geometry';
import { lidarDirections, opticalDirections, rayCount } from '#shared/core/lidar-rays';
import { transformPoint } from '#shared/core/matrix';
import { LIDAR_FROM_OPTICAL, OPTICAL_FROM_LIDAR } from '#shared/plan/lidar-pose';

const lidar = {
  elevationsDegrees: [-30, 0, 45],
  azimuthOffsetsDegrees: [0, 10, 0],
  turn: { fromDegrees: 180, toDegrees: -180, columns: 8 },
};
const directions = lidarDirections(lidar);
const at = (ring: number, column: number): Vec3 => {
  const [x = NaN, y = NaN, z = NaN] = directions.subarray((ring * 8 + column) * 3);
  return [x, y, z];
};

describe('the rays of a lidar', () => {
  it('are rings × columns unit vectors', () => {
    expect(directions.length).toBe(rayCount(lidar) * 3);
    for (let ray = 0; ray < rayCount(lidar); ray++)
      expect(Math.hypot(...directions.subarray(ray * 3, ray * 3 + 3))).toBeCloseTo(1, 14);
  });

  it('are in the middles of equal shares of the turn, clockwise where it is stated so', () => {
    for (let column = 0; column < 8; column++) {
      const [x, y, z] = at(0, column);
      const azimuth = ((180 - 45 * (column + 0.5)) * Math.PI) / 180;
      expect(Math.atan2(y, x)).toBeCloseTo(azimuth, 12);
      expect(Math.asin(z)).toBeCloseTo(-Math.PI / 6, 12);
    }
    // The first begins behind, on the left.
    expect(at(0, 0)[0]).toBeLessThan(0);
    expect(at(0, 0)[1]).toBeGreaterThan(0);
  });

  it('turn to the left by the offset of their ring', () => {
    const [x, y] = at(1, 3);
    expect((Math.atan2(y, x) * 180) / Math.PI).toBeCloseTo(22.5 + 10, 10);
  });

  it('are the same in OpenCV’s axes as through the matrix', () => {
    const optical = opticalDirections(directions);
    for (let ray = 0; ray < rayCount(lidar); ray++) {
      const [x = NaN, y = NaN, z = NaN] = directions.subarray(ray * 3, ray * 3 + 3);
      const turned = transformPoint(OPTICAL_FROM_LIDAR, [x, y, z]);
      for (const axis of [0, 1, 2] as const)
        expect(optical[ray * 3 + axis]).toBeCloseTo(turned[axis], 15);
      expect(transformPoint(LIDAR_FROM_OPTICAL, turned)).toEqual([x, y, z]);
    }
  });
});
