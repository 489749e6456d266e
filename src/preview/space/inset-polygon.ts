import type { Vec2 } from '#shared/core/geometry';

/**
 * What of a convex polygon lies at least `margin` from each of its edges; empty where nothing does. Each
 * half-plane cuts off what lies beyond it (Sutherland and Hodgman, CACM 17, 1974).
 *
 * @param polygon corners in either order, metres.
 */
export function insetPolygon(polygon: readonly Vec2[], margin: number): readonly Vec2[] {
  const middle = polygon.reduce<Vec2>(
    ([x, z], [px, pz]) => [x + px / polygon.length, z + pz / polygon.length],
    [0, 0],
  );
  return polygon.reduce<readonly Vec2[]>((left, from, i) => {
    const to = polygon[(i + 1) % polygon.length] ?? from;
    const [dx, dz] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.sqrt(dx * dx + dz * dz);
    if (length === 0) return left;
    const side = ([x, z]: Vec2): number => (dx * (z - from[1]) - dz * (x - from[0])) / length;
    const inward = side(middle) >= 0 ? 1 : -1;
    return clip(left, (point) => side(point) * inward - margin);
  }, polygon);
}

/** What of a polygon lies where a linear function is not below 0. */
function clip(polygon: readonly Vec2[], depthOf: (point: Vec2) => number): readonly Vec2[] {
  return polygon.flatMap((from, i): readonly Vec2[] => {
    const to = polygon[(i + 1) % polygon.length] ?? from;
    const [a, b] = [depthOf(from), depthOf(to)];
    const own = a >= 0 ? [from] : [];
    if (a >= 0 === b >= 0) return own;
    const share = a / (a - b);
    return [...own, [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]];
  });
}
