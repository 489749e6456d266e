import { collide, type Prism } from './ground-plan.ts';
import type { PlacementContext } from './placement.ts';
import { meshesApart } from './posed-mesh.ts';
import { sceneObstacles } from './surfaces.ts';

/** All that a model must keep clear of that stands on `carrier`, a node of the scene; null: on nothing. */
export function obstaclesOf(
  { ground, taken }: Pick<PlacementContext, 'ground' | 'taken'>,
  carrier: string | null,
): readonly Prism[] {
  return [...sceneObstacles(ground, carrier), ...taken];
}

/**
 * Whether a room keeps `spacing` metres clear of every obstacle: by plans and heights, or, where those
 * come too near and the group asks for it, by the triangles of both.
 */
export function isClear(
  { clearance }: Pick<PlacementContext, 'clearance'>,
  room: Prism,
  { obstacles, spacing }: Readonly<{ obstacles: readonly Prism[]; spacing: number }>,
): boolean {
  return obstacles.every((obstacle) => {
    if (!collide(room, obstacle, spacing)) return true;
    if (clearance === 'plans' || !room.mesh || !obstacle.mesh) return false;
    return meshesApart(room.mesh, obstacle.mesh, spacing);
  });
}
