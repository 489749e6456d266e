import type { Mat4, Vec2, Vec3 } from '#shared/core/geometry';

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scaled = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];

/** Whether a matrix turns right hands into left ones. */
export function isMirrored(m: Mat4): boolean {
  const column = (i: number): Vec3 => [m[i] ?? 0, m[4 + i] ?? 0, m[8 + i] ?? 0];
  return dot(cross(column(0), column(1)), column(2)) < 0;
}

/** Distance of a point of the image from the nearest of a triangle's edges. */
export function distanceToEdges([x, y]: Vec2, corners: readonly Vec2[]): number {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const [ax, ay] = corners[i] ?? [0, 0];
    const [bx, by] = corners[(i + 1) % 3] ?? [0, 0];
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy;
    const t =
      squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
}
