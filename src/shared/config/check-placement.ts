import type { CheckContext } from './check-context.ts';
import type { MeshSpec } from './mesh-schema.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import type { PlacementSpec } from './placement-schema.ts';
import { suggestFrom } from './suggest.ts';

/** Checks that what the placement of a group names is there, and can carry it. */
export function checkPlacement(name: string, context: CheckContext): void {
  const placement: PlacementSpec | undefined = context.config.objects[name]?.placement;
  if (placement === undefined) return;
  const at = (...rest: readonly PathSegment[]): string =>
    formatPath(['objects', name, 'placement', ...rest]);
  if (placement.kind === 'free') checkVolume(placement.volume, at('volume'), context);
  if ('surface' in placement) checkSurface(placement.surface, at('surface'), context);
  if ('surfaces' in placement) {
    for (const [i, surface] of placement.surfaces.entries())
      checkSurface(surface, at('surfaces', i), context);
  }
  if ('of' in placement) checkOther(placement.of, { group: name, path: at('of') }, context);
  if (placement.kind === 'mesh') checkMesh(placement, name, context);
}

/** What stands on a mesh stays there, and stands up only on what faces up. */
function checkMesh(
  { pose, maxSlopeDegrees }: MeshSpec,
  group: string,
  { config, report }: CheckContext,
): void {
  if (pose === 'upright' && maxSlopeDegrees >= 90)
    report(
      formatPath(['objects', group, 'placement', 'maxSlopeDegrees']),
      `expected less than 90 for upright objects, found ${maxSlopeDegrees}`,
      'Lower it, or set pose: normal.',
    );
  if (config.objects[group]?.motion !== undefined)
    report(
      formatPath(['objects', group, 'motion']),
      'expected objects on a mesh to stay at rest, found a motion',
      'Leave the motion out, or place the objects another way.',
    );
}

function checkVolume(volume: unknown, path: string, { scene, report }: CheckContext): void {
  const names = scene.volumes.map(({ name }) => name);
  if (typeof volume !== 'string' || names.includes(volume)) return;
  const message = `unknown volume ${JSON.stringify(volume)}`;
  report(path, message, suggestFrom(volume, names, 'volumes of the scene'));
}

function checkSurface(surface: string, path: string, { scene, report }: CheckContext): void {
  const surfaces = scene.nodes.filter((node) => node.surface && node.bounds !== null);
  const names = surfaces.map(({ name }) => name);
  if (names.includes(surface)) return;
  const node = scene.nodes.find(({ name }) => name === surface);
  const message = !node
    ? `unknown surface ${JSON.stringify(surface)}`
    : node.surface
      ? `the node ${JSON.stringify(surface)} has no geometry to place objects on`
      : `the node ${JSON.stringify(surface)} is not a surface`;
  const suggestion =
    node && !node.surface
      ? 'Give it surface: true in the scene.'
      : suggestFrom(surface, names, 'surfaces of the scene');
  report(path, message, suggestion);
}

/** What something is placed by: one node or one group above, which stays where it is. */
function checkOther(
  of: string,
  { group, path }: Readonly<{ group: string; path: string }>,
  { config, scene, report }: CheckContext,
): void {
  const groups = Object.keys(config.objects);
  const above = groups.slice(0, groups.indexOf(group));
  const nodes = scene.nodes.flatMap(({ name, bounds }) => (bounds === null ? [] : name));
  const [isGroup, isNode] = [above.includes(of), nodes.includes(of)];
  const quoted = JSON.stringify(of);
  if (isGroup && isNode) {
    report(path, `${quoted} is an object group and a node`, 'Give the group another name.');
    return;
  }
  if (!isGroup && !isNode) {
    const message = groups.includes(of)
      ? `the object group ${quoted} is not placed before ${JSON.stringify(group)}`
      : `unknown object group or node ${quoted}`;
    const names = [...above, ...nodes];
    const advice = groups.includes(of)
      ? 'Groups are placed in the order in which they are written: write it above.'
      : suggestFrom(of, names, 'object groups above and nodes of the scene');
    report(path, message, advice);
    return;
  }
  const motion = isGroup ? config.objects[of]?.motion : config.nodes[of]?.motion;
  if (motion === undefined) return;
  report(
    path,
    `expected something at rest, found ${quoted}, which has a motion`,
    'Leave its motion out, or place the objects another way.',
  );
}
