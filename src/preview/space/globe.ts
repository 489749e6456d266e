import type { Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { directionFromAngles } from '#shared/sampling/sample-place';
import { meridian, parallel, type Patch } from './arcs.ts';

/** From where a sphere is looked at, degrees as those of a shell. */
export type GlobeView = Readonly<{ azimuthDegrees: number; elevationDegrees: number }>;

/** A place on the picture of a sphere of radius 1: right and down from its middle, and whether it is in front. */
export type GlobePoint = Readonly<{ x: number; y: number; front: boolean }>;

/** Sees unit vectors as from far away. */
export function createGlobe(view: GlobeView): (direction: Vec3) => GlobePoint {
  const eye = directionFromAngles(view.azimuthDegrees, view.elevationDegrees);
  const m = worldFromLookAt(eye, [0, 0, 0], 0);
  const along = ([x, y, z]: Vec3, column: 0 | 1 | 2): number =>
    x * (m[column] ?? 0) + y * (m[column + 4] ?? 0) + z * (m[column + 8] ?? 0);
  return (direction) => ({
    x: along(direction, 0),
    y: along(direction, 1),
    front: along(direction, 2) <= 0,
  });
}

const WHOLE: Patch = { center: [0, 0, 0], azimuth: [0, 360], elevation: [-90, 90] };
const STEP_DEGREES = 30;

/** Lines of azimuth and elevation, 30° apart; the horizon is the third of the elevations. */
export const GRATICULE: readonly (readonly Vec3[])[] = [
  ...[-60, -30, 0, 30, 60].map((elevation) => parallel(WHOLE, 1, elevation)),
  ...Array.from({ length: 360 / STEP_DEGREES }, (_, i) => meridian(WHOLE, 1, i * STEP_DEGREES)),
];

/** Lines as paths of SVG in the picture's own coordinates: what is in front, and what is behind. */
export function globePaths(
  project: (direction: Vec3) => GlobePoint,
  lines: readonly (readonly Vec3[])[],
): Readonly<{ front: string; back: string }> {
  const paths = { front: '', back: '' };
  for (const line of lines) {
    let last: 'front' | 'back' | null = null;
    for (let i = 0; i + 1 < line.length; i++) {
      const [a, b] = [line[i], line[i + 1]];
      if (a === undefined || b === undefined) continue;
      const [p, q] = [project(a), project(b)];
      const name = p.front && q.front ? 'front' : 'back';
      if (last !== name) paths[name] += `M${p.x.toFixed(3)} ${p.y.toFixed(3)}`;
      paths[name] += `L${q.x.toFixed(3)} ${q.y.toFixed(3)}`;
      last = name;
    }
  }
  return paths;
}
