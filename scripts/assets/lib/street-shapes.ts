import type { BufferGeometry } from 'three';
import { latheZones, zoneOf } from './lathe.ts';
import { filletProfile, type ProfileRow } from './profile.ts';

/** Large things need no finer corners than small ones: profiles are rounded at a tenth of their size. */
const TENTH = 0.1;

/** Revolves corners of a profile; 16 facets where not said. */
export const turned = (rows: readonly ProfileRow[], facets = 16): BufferGeometry =>
  zoneOf(
    latheZones(
      filletProfile(
        rows.map(([r, y, fillet = 0]): ProfileRow => [r * TENTH, y * TENTH, fillet * TENTH]),
      ),
      facets,
    ),
    'body',
  ).scale(1 / TENTH, 1 / TENTH, 1 / TENTH);

/** A regular polygon, its first corner turned by radians; mm. */
export const disc = (radius: number, corners: number, turn = 0): [number, number][] =>
  Array.from({ length: corners }, (_, i) => {
    const angle = turn + (i / corners) * 2 * Math.PI;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

/** A round post on a collar, mm. */
export const post = (height: number, radius = 38): BufferGeometry =>
  turned(
    [
      [0, 0],
      [radius + 22, 0],
      [radius + 22, 60, 8],
      [radius, 80, 6],
      [radius, height - 6, 5],
      [0, height],
    ],
    14,
  );
