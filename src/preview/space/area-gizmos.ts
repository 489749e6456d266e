import type { Config } from '#shared/config/config-schema';
import { rangeOf } from '#shared/config/value-range';
import { SamplingError } from '#shared/core/errors';
import type { Vec2, Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import { poseOf } from '#shared/sampling/node-matrix';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import {
  createGround,
  findSurface,
  frameOf,
  shrinkSurface,
  type Ground,
  type Surface,
} from '#shared/sampling/surfaces';
import { circle } from './arcs.ts';
import { boxLines, type Gizmo, type GizmoSet } from './gizmo.ts';
import { insetPolygon } from './inset-polygon.ts';
import { levelPolygon, vectorRegion } from './place-region.ts';

type Placement = Config['objects'][string]['placement'];
type Lines = readonly (readonly Vec3[])[];
/** Where objects of a group may come to be. */
type Area = Readonly<{ lines: Lines; at: Vec3 }>;

/** Lines lie a little above the surface, which would hide them: metres. */
const ABOVE_METERS = 0.002;

/** Volumes of the scene, and the areas in which the groups of a config may stand, fall or float. */
export function areaGizmos(
  { config, scene, catalogue }: RunInputs,
  sample: Pick<SceneSample, 'nodes'>,
): GizmoSet {
  const ground = createGround(scene, { nodes: sample.nodes, later: [] }, catalogue);
  const notes: string[] = [];
  const volumes = scene.volumes.map(({ name, min, max }): Gizmo => {
    const lines = boxLines(min, max);
    return { kind: 'areas', lines, label: { at: [min[0], max[1], min[2]], text: name } };
  });
  // Groups of one area share its lines, and stand one beside the other in its label.
  const byArea = new Map<string, { area: Area; names: string[] }>();
  for (const [name, { placement }] of Object.entries(config.objects)) {
    try {
      for (const area of areasOf(placement, { ground, vars: config.vars })) {
        const key = JSON.stringify(area.lines);
        const known = byArea.get(key);
        if (known) known.names.push(name);
        else byArea.set(key, { area, names: [name] });
      }
    } catch (error) {
      if (!(error instanceof SamplingError)) throw error;
      notes.push(`objects.${name}: ${error.message}`);
    }
  }
  const areas = [...byArea.values()].map(({ area: { lines, at }, names }): Gizmo => {
    return { kind: 'areas', lines, label: { at, text: names.join(', ') } };
  });
  return { gizmos: [...volumes, ...areas], notes };
}

type AreaContext = Readonly<{ ground: Ground; vars: Config['vars'] }>;

function areasOf(placement: Placement, context: AreaContext): readonly Area[] {
  const surface = (name: string): Surface => findSurface(context.ground, name, 'placement');
  switch (placement.kind) {
    case 'scatter':
    case 'stack':
    case 'drop':
    case 'facing': {
      const share = shrinkSurface(surface(placement.surface), placement.regionScale);
      return [surfaceArea(share, placement.marginMeters)];
    }
    case 'grid':
    case 'line':
    case 'ring':
    case 'beside':
      return [surfaceArea(surface(placement.surface), placement.marginMeters)];
    case 'pile':
      return [pileArea(surface(placement.surface), placement, context.vars)];
    case 'shelf':
      return placement.surfaces.map((name) => surfaceArea(surface(name), placement.marginMeters));
    case 'free':
      return freeAreas(placement.volume, context.vars);
    case 'on':
    case 'inside':
    case 'mesh':
      return nodeAreas(placement.of, context.ground);
  }
}

/**
 * What of a surface whole objects must stay in: its rim, less the margin.
 *
 * @throws SamplingError where the margin leaves nothing.
 */
function surfaceArea({ name, polygon, height }: Surface, margin: number): Area {
  const rim = levelPolygon(insetPolygon(polygon, margin), height + ABOVE_METERS);
  const [at] = rim;
  if (at === undefined) {
    throw new SamplingError(`a margin of ${margin} m leaves nothing of the surface "${name}"`);
  }
  return { lines: [rim], at };
}

/** The circle in which the falls of a heap begin, as wide as it can be, about the middle of where it can be. */
function pileArea(
  surface: Surface,
  { centerMeters, radiusMeters, marginMeters }: Extract<Placement, { kind: 'pile' }>,
  vars: Config['vars'],
): Area {
  const radius = rangeOf(radiusMeters, vars);
  const ranges = centerMeters.map((value) => rangeOf(value, vars));
  const middle = ranges.map((range) => (range ? (range.min + range.max) / 2 : NaN));
  const [x, z] = frameOf(surface).toWorld([middle[0] ?? NaN, middle[1] ?? NaN] as Vec2);
  if (!radius || ![radius.max, x, z].every(Number.isFinite))
    return surfaceArea(surface, marginMeters);
  const at: Vec3 = [x, surface.height + ABOVE_METERS, z];
  return { lines: [circle(at, [0, 1, 0], radius.max)], at };
}

/** A volume of the scene is drawn with the scene. */
function freeAreas(
  volume: Extract<Placement, { kind: 'free' }>['volume'],
  vars: Config['vars'],
): readonly Area[] {
  if (typeof volume === 'string') return [];
  const lines = [volume.min, volume.max].map((corner) => vectorRegion(corner, vars));
  const points = lines.flatMap((region) => region ?? []).flat();
  if (lines.includes(null) || points.length === 0) return [];
  const end = (pick: (...values: number[]) => number): Vec3 => [
    pick(...points.map(([x]) => x)),
    pick(...points.map(([, y]) => y)),
    pick(...points.map(([, , z]) => z)),
  ];
  const [min, max] = [end(Math.min), end(Math.max)];
  return [{ lines: boxLines(min, max), at: [min[0], max[1], min[2]] }];
}

/** The bounds of a node that things stand on or in; objects of a group show themselves. */
function nodeAreas(name: string, { scene, poses }: Ground): readonly Area[] {
  const node = scene.nodes.find((candidate) => candidate.name === name);
  if (!node?.bounds) return [];
  const { worldFromNode } = poseOf(poses, node);
  const { min, max } = node.bounds;
  const lines = boxLines(min, max).map((line) =>
    line.map((point) => transformPoint(worldFromNode, point)),
  );
  return [{ lines, at: transformPoint(worldFromNode, [min[0], max[1], min[2]]) }];
}
