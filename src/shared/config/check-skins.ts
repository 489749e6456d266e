import type { CheckContext } from './check-context.ts';
import { formatPath } from './parameter-path.ts';
import type { DescribedNode } from './scene-description.ts';

/**
 * A skinned mesh moves with its joints alone. A motion that takes some of them along and not the others
 * bends it, and one that takes the mesh without its joints leaves it behind: no pose tells of either.
 */
export function checkSkins({ config, scene, report }: CheckContext): void {
  const skinned = scene.nodes.filter(({ joints }) => joints !== undefined);
  if (skinned.length === 0) return;
  for (const mover of scene.nodes) {
    const override = Object.hasOwn(config.nodes, mover.name) ? config.nodes[mover.name] : undefined;
    if (override?.motion === undefined) continue;
    const carried = carriedBy(scene.nodes, mover);
    for (const mesh of skinned) {
      const places = [placeOf(mesh), ...(mesh.joints ?? [])];
      const taken = places.filter((place) => carried.has(place)).length;
      if (taken === 0 || taken === places.length) continue;
      report(
        formatPath(['nodes', mover.name, 'motion']),
        `expected the skinned mesh ${JSON.stringify(mesh.name)} and all of its joints to move together, found ${taken} of ${places.length} below this node`,
        'Move a node above all of them.',
      );
    }
  }
}

const placeOf = ({ content }: DescribedNode): number =>
  content.kind === 'member' ? content.index : NaN;

/** Places of a node and of all that hangs from it; a walk comes to a parent before its children. */
function carriedBy(nodes: readonly DescribedNode[], mover: DescribedNode): ReadonlySet<number> {
  const carried = new Set([placeOf(mover)]);
  for (const { content } of nodes) {
    if (content.kind === 'member' && carried.has(content.parent)) carried.add(content.index);
  }
  return carried;
}
