import { convexHull } from '../core/convex-hull.ts';
import type { Hull, Quat, Vec2, Vec3 } from '../core/geometry.ts';
import { compose, transformPoint } from '../core/matrix.ts';
import { cos, sin, TAU } from '../core/portable-math.ts';
import type { LooseBody, RestingBody } from '../physics/bodies.ts';
import { DropSimulation, type FallOutcome } from '../physics/drop-simulation.ts';
import { collide, containsPolygon, extentOf, type Prism } from './ground-plan.ts';
import { drawOrientation } from './place-free.ts';
import type { DropSpec, PileSpec, Placed, PlacementContext, SizedModel } from './placement.ts';
import { requireRange } from './require-range.ts';
import type { ObjectSample } from './scene-sample.ts';
import { hullsOf } from './node-hulls.ts';
import { meshOf } from './node-triangles.ts';
import { meshAt } from './posed-mesh.ts';
import { solidBodies } from './solid-bodies.ts';
import { findSurface, frameOf, sceneObstacles, shrinkSurface, type Surface } from './surfaces.ts';

type DropContext = Omit<PlacementContext, 'course' | 'clearance'> &
  Readonly<{
    /** What stands already, and stays. */
    standing: readonly ObjectSample[];
  }>;

/** Why an object did not come to rest anywhere: `4 attempts, 3 falls: 2 off the surface, 1 restless`. */
export type DropOutcome = Readonly<{ tally: string }>;

type Fallen = Readonly<{ sized: SizedModel; place: Placed }>;

/**
 * Lets models fall on a surface, one after another; each fall ends with all of them at rest, none deeper
 * in anything than 1 mm, with the centre of mass above the surface, or it is taken back and drawn again.
 * What cannot be brought to rest is handed to `refuse`.
 */
export function dropGroup(
  context: DropContext,
  spec: DropSpec | PileSpec,
  {
    path,
    sized,
    refuse,
  }: Readonly<{
    /** Of the placement. */
    path: string;
    sized: readonly SizedModel[];
    refuse: (sized: SizedModel, outcome: DropOutcome) => void;
  }>,
): readonly Fallen[] {
  const [first] = sized;
  if (first === undefined) return [];
  const surface = findSurface(context.ground, spec.surface, first.path);
  const fixed = solidBodies(context.ground, { surface: spec.surface, standing: context.standing });
  const obstacles = [...sceneObstacles(context.ground, spec.surface), ...context.taken];
  const region = regionOf(context, spec, { surface, path });
  const simulation = new DropSimulation(fixed);
  try {
    const fallen: SizedModel[] = [];
    for (const next of sized) {
      const resting = simulation.resting();
      const around = [...obstacles, ...prismsOf(fallen, resting)];
      const tally = fall(context, spec, { sized: next, surface, region, around, simulation });
      if (tally === null) fallen.push(next);
      else refuse(next, { tally });
    }
    const resting = simulation.resting();
    const prisms = prismsOf(fallen, resting);
    return resting.flatMap(({ position, orientation }, i): Fallen[] => {
      const [model, prism] = [fallen[i], prisms[i]];
      return model && prism ? [{ sized: model, place: { position, orientation, prism } }] : [];
    });
  } finally {
    simulation.free();
  }
}

type FallInputs = Readonly<{
  sized: SizedModel;
  surface: Surface;
  region: Region;
  around: readonly Prism[];
  simulation: DropSimulation;
}>;

/** Where falls begin: over a surface, and of a pile within a disc of it. */
type Region = Readonly<{ surface: Surface; disc: Readonly<{ at: Vec2; radius: number }> | null }>;

function regionOf(
  { sampler }: DropContext,
  spec: DropSpec | PileSpec,
  { surface, path }: Readonly<{ surface: Surface; path: string }>,
): Region {
  if (spec.kind === 'drop')
    return { surface: shrinkSurface(surface, spec.regionScale), disc: null };
  const along = (axis: 0 | 1): number =>
    sampler.number(spec.centerMeters[axis], `${path}.centerMeters[${axis}]`);
  const at = frameOf(surface).toWorld([along(0), along(1)]);
  const radiusPath = `${path}.radiusMeters`;
  const radius = requireRange(
    sampler.number(spec.radiusMeters, radiusPath),
    radiusPath,
    [1e-4, 1e4],
  );
  return { surface, disc: { at, radius } };
}

/** Lets one model fall until a fall ends at rest on the surface; else why none did. */
function fall(
  context: DropContext,
  spec: DropSpec | PileSpec,
  { sized, surface, region, around, simulation }: FallInputs,
): string | null {
  const { sampler, attempts } = context;
  const { path } = sized;
  const body = drawBody(context, spec, sized);
  const outcomes = new Map<FallOutcome | 'off the surface', number>();
  let falls = 0;
  let attempt = 0;
  for (; attempt < attempts && falls < spec.falls; attempt++) {
    const start = drawStart(context, spec, { sized, region, around, attempt });
    if (start === null) {
      sampler.reject(path);
      continue;
    }
    falls++;
    const before = simulation.resting();
    let outcome: FallOutcome | 'off the surface' = simulation.drop(
      { ...body, ...start },
      spec.maxSeconds,
    );
    if (outcome === 'rest') {
      if (simulation.resting().every(({ centreOfMass }) => isAbove(surface, centreOfMass)))
        return null;
      simulation.withdraw(before);
      outcome = 'off the surface';
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    sampler.reject(path);
  }
  const reasons = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return `${attempt} attempts, ${falls} falls${reasons === '' ? '' : `: ${reasons}`}`;
}

function drawBody(
  { sampler }: DropContext,
  spec: DropSpec | PileSpec,
  { model, scale, path }: SizedModel,
): Omit<LooseBody, 'position' | 'orientation'> {
  const draw = (
    name: 'densityKgPerCubicMeter' | 'friction' | 'restitution',
    range: readonly [number, number],
  ): number =>
    requireRange(sampler.number(spec[name], `${path}.${name}`), `${path}.${name}`, range);
  return {
    hulls: hullsOf(model).map((hull) =>
      hull.map(([x, y, z]): Vec3 => [x * scale, y * scale, z * scale]),
    ),
    densityKgPerCubicMeter: draw('densityKgPerCubicMeter', [1, 30000]),
    friction: draw('friction', [0, 2]),
    restitution: draw('restitution', [0, 0.95]),
  };
}

type StartInputs = Readonly<{
  sized: SizedModel;
  region: Region;
  around: readonly Prism[];
  attempt: number;
}>;

/** A spot above the region, turned, in the lowest room that holds the object and its fall; null off the region. */
function drawStart(
  { sampler }: DropContext,
  spec: DropSpec | PileSpec,
  { sized, region, around, attempt }: StartInputs,
): Readonly<{ position: Vec3; orientation: Quat }> | null {
  const { path } = sized;
  const { surface, disc } = region;
  const u = (name: string): number => sampler.uniform(`${path}.position[${name}]`, attempt);
  const [x, z] = disc ? pointInDisc(disc, u('0'), u('2')) : pointIn(surface, u('0'), u('2'));
  const orientation = drawOrientation({ sampler }, spec, { path, attempt });
  const heightPath = `${path}.heightMeters`;
  const height = requireRange(
    sampler.number(spec.heightMeters, heightPath, attempt),
    heightPath,
    [0.001, 2],
  );
  const prism = prismOf(sized, { position: [x, 0, z], orientation });
  if (!containsPolygon(surface.polygon, prism.polygon, spec.marginMeters)) return null;
  const level = lowestRoom(prism, { from: surface.height, height, around });
  return { position: [x, level + height - prism.bottom, z], orientation };
}

function pointIn({ polygon }: Surface, u: number, v: number): Vec2 {
  const { min, max } = extentOf(polygon);
  return [min[0] + u * (max[0] - min[0]), min[1] + v * (max[1] - min[1])];
}

/** Uniform over the area of a disc. */
function pointInDisc(
  { at, radius }: Readonly<{ at: Vec2; radius: number }>,
  u: number,
  v: number,
): Vec2 {
  const [r, angle] = [radius * Math.sqrt(u), v * TAU];
  return [at[0] + r * sin(angle), at[1] + r * cos(angle)];
}

/** The lowest level, that of the surface or a top above it, over which an object has room to fall. */
function lowestRoom(
  { polygon, bottom, top, name }: Prism,
  { from, height, around }: Readonly<{ from: number; height: number; around: readonly Prism[] }>,
): number {
  const tall = top - bottom + height;
  const levels = [from, ...around.map((other) => other.top).filter((level) => level > from)];
  levels.sort((a, b) => a - b);
  const isFree = (level: number): boolean => {
    const room = { name, polygon, bottom: level, top: level + tall };
    return !around.some((other) => collide(room, other, 0));
  };
  const highest = levels.at(-1) ?? from;
  return levels.find(isFree) ?? highest;
}

function isAbove({ polygon, height }: Surface, [x, y, z]: Vec3): boolean {
  const point: Vec2 = [x, z];
  return y > height && containsPolygon(polygon, [point], 0);
}

function prismsOf(sized: readonly SizedModel[], resting: readonly RestingBody[]): readonly Prism[] {
  return resting.flatMap((pose, i) => {
    const model = sized[i];
    return model ? [prismOf(model, pose)] : [];
  });
}

/** The room of a turned model: the plan of its solids, from its lowest point to its highest. */
function prismOf(
  { model, scale, path }: SizedModel,
  { position, orientation }: Readonly<{ position: Vec3; orientation: Quat }>,
): Prism {
  const matrix = compose(position, orientation, [scale, scale, scale]);
  const points = hullsOf(model).flatMap((hull: Hull) =>
    hull.map((point) => transformPoint(matrix, point)),
  );
  const heights = points.map(([, y]) => y);
  return {
    name: path,
    mesh: meshAt(
      () => meshOf(model),
      () => matrix,
    ),
    polygon: convexHull(points.map(([x, , z]): Vec2 => [x, z])),
    bottom: Math.min(...heights),
    top: Math.max(...heights),
  };
}
