import type { Config, ObjectGroupSpec } from '../config/config-schema.ts';
import { selectModels } from '../config/select-models.ts';
import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import { dropGroup, type DropOutcome } from './drop-group.ts';
import type { Prism } from './ground-plan.ts';
import { courseOf, sampleMotion, type Timeline } from './motion.ts';
import { modelPool, pickModel } from './pick-model.ts';
import type { PlacedGroups } from './anchors.ts';
import { arrangementSlots, type Slot } from './arrangement-slots.ts';
import { placeByRelation } from './place-by-relation.ts';
import { placeInSlot } from './place-in-slot.ts';
import { placeFree } from './place-free.ts';
import { MeshPlacer } from './place-on-mesh.ts';
import { placeOnSurface } from './place-on-surface.ts';
import { placeStack } from './place-stack.ts';
import type { Placed, PlacementContext, SizedModel, Standing } from './placement.ts';
import { ShelfFiller } from './shelf-filler.ts';
import { sampleMaterial } from './sample-material.ts';
import { samplePose } from './sample-pose.ts';
import type { Sampler } from './sampler.ts';
import type { ObjectSample, SceneSample } from './scene-sample.ts';
import type { Motion, ObjectCourse } from './shutter-sample.ts';
import { goalNamed, steerGroup } from './steer-group.ts';
import type { Ground } from './surfaces.ts';

type Inputs = Readonly<{
  sampler: Sampler;
  config: Config;
  catalogue: AssetCatalogue;
  ground: Ground;
  timeline: Timeline;
}>;
type Objects = Pick<SceneSample, 'objects' | 'dropped'>;
/** By group and slot: those that move. */
type Courses = Readonly<Record<string, ObjectCourse>>;

/**
 * Places every group in the order of the config; each keeps clear of the scene and of those before it.
 * @throws SamplingError where an object of a group with `whenFull: error` finds no room.
 */
export function placeObjects(inputs: Inputs): Objects & Readonly<{ courses: Courses }> {
  const placed: Prism[] = [];
  const objects: ObjectSample[] = [];
  const dropped: Readonly<{ path: string; reason: string }>[] = [];
  const groups = new Map<string, Standing[]>();
  const courses: Record<string, ObjectCourse> = {};
  const goal = goalNamed(inputs.config, inputs.sampler.goal);
  for (const [name, stated] of Object.entries(inputs.config.objects)) {
    const group = steerGroup(stated, goal, () => selectModels(stated, inputs.catalogue));
    const result = placeGroup(inputs, { name, group, placed, standing: objects, groups });
    groups.set(name, result.places);
    objects.push(...result.objects);
    dropped.push(...result.dropped);
    Object.assign(courses, result.courses);
  }
  return { objects, dropped, courses };
}

type GroupResult = Objects & Readonly<{ places: Standing[]; courses?: Courses }>;

type GroupInputs = Readonly<{
  name: string;
  group: ObjectGroupSpec;
  placed: Prism[];
  /** The objects of the groups before. */
  standing: readonly ObjectSample[];
  /** Those of the groups before, by group. */
  groups: PlacedGroups;
}>;
type Pool = ReturnType<typeof modelPool>;

function placeGroup(inputs: Inputs, groupInputs: GroupInputs): GroupResult {
  const { name, group, placed, groups } = groupInputs;
  const { sampler, catalogue, ground, timeline } = inputs;
  const path = `objects.${name}`;
  const { placement } = group;
  if (placement.kind === 'drop' || placement.kind === 'pile')
    return placeDrops(inputs, groupInputs);
  const pool = modelPool(group, catalogue, path);
  const count = sampler.integer(group.count, `${path}.count`);
  const order = orderOf(sampler, group, { path: `${path}.placement`, count });
  const objects: ObjectSample[] = [];
  const peers: Standing[] = [];
  const dropped: Readonly<{ path: string; reason: string }>[] = [];
  const courses: Record<string, ObjectCourse> = {};
  for (let index = 0; index < count; index++) {
    const bundle = drawBundle(inputs, { group, pool, path: `${path}[${index}]` });
    const motion = sampleMotion(sampler, group.motion, `${path}[${index}].motion`);
    const course = courseOf(motion, timeline);
    const { attempts, clearance } = group;
    const context = { sampler, ground, taken: placed, attempts, clearance, course };
    const places = placeBundle(context, group, { bundle, index, order, peers, groups });
    if (places === null) {
      const why = whyNowhere(placement, { index, order, groups });
      dropped.push(refuseOrDrop(group, bundle, { path: `${path}[${index}]`, why }));
      continue;
    }
    for (const [level, sized] of bundle.entries()) {
      const place = places[level];
      if (place === undefined) throw new SamplingError(`${sized.path}: placement gave no pose`);
      placed.push(place.prism);
      peers.push({ ...place, model: sized.model, scale: sized.scale });
      const going = courseFrom(motion, { pivot: place.pivot, clip: sized.clip });
      if (going) courses[`${name}[${objects.length}]`] = going;
      objects.push(sampleObject(inputs, { name, group, slot: objects.length, sized, place }));
    }
  }
  return { objects, dropped, places: peers, courses };
}

/** How an object goes on from where the frame has it; null where it rests. */
function courseFrom(
  motion: Motion | null,
  { pivot, clip }: Pick<ObjectCourse, 'pivot' | 'clip'>,
): ObjectCourse | null {
  if (motion === null) return clip ? { clip } : null;
  return { motion, ...(pivot && { pivot }), ...(clip && { clip }) };
}

/** Lets the objects of a group fall, in order; what they come to rest on includes one another. */
function placeDrops(inputs: Inputs, { name, group, placed, standing }: GroupInputs): GroupResult {
  const { sampler, catalogue, ground } = inputs;
  const path = `objects.${name}`;
  const { placement } = group;
  if (placement.kind !== 'drop' && placement.kind !== 'pile')
    throw new RangeError(`${path}: expected a drop`);
  const pool = modelPool(group, catalogue, path);
  const count = sampler.integer(group.count, `${path}.count`);
  const sized = Array.from({ length: count }, (_, index) =>
    drawSized(inputs, { group, pool, path: `${path}[${index}]` }),
  );
  const context = { sampler, ground, taken: placed, attempts: group.attempts, standing };
  const dropped: Readonly<{ path: string; reason: string }>[] = [];
  const refuse = (refused: SizedModel, { tally }: DropOutcome): void => {
    dropped.push(refuseOrDrop(group, [refused], { path: refused.path, tally }));
  };
  const places = dropGroup(context, placement, { path: `${path}.placement`, sized, refuse });
  const objects = places.map(({ place, sized: fallen }, slot) =>
    sampleObject(inputs, { name, group, slot, sized: fallen, place }),
  );
  placed.push(...places.map(({ place }) => place.prism));
  return {
    objects,
    dropped,
    places: places.map(({ place, sized: { model, scale } }) => ({ ...place, model, scale })),
  };
}

type ObjectInputs = Readonly<{
  name: string;
  group: ObjectGroupSpec;
  slot: number;
  sized: SizedModel;
  place: Placed;
}>;

function sampleObject(
  { sampler, catalogue }: Inputs,
  { name, group, slot, sized: { model, scale, path, pose }, place }: ObjectInputs,
): ObjectSample {
  return {
    group: name,
    slot,
    assetId: model.id,
    category: group.labelled ? (model.category ?? null) : null,
    position: place.position,
    orientation: place.orientation,
    scale,
    ...(pose && { pose }),
    material: sampleMaterial({ sampler, catalogue }, group.material, `${path}.material`),
  };
}

/** The models that are placed together: one, or a stack's levels. */
function drawBundle(
  inputs: Inputs,
  { group, pool, path }: Readonly<{ group: ObjectGroupSpec; pool: Pool; path: string }>,
): readonly SizedModel[] {
  const { placement } = group;
  const draw = (modelPath: string): SizedModel =>
    drawSized(inputs, { group, pool, path: modelPath });
  if (placement.kind !== 'stack') return [draw(path)];
  const height = inputs.sampler.integer(placement.height, `${path}.height`);
  return Array.from({ length: height }, (_, level) => draw(`${path}.levels[${level}]`));
}

function drawSized(
  { sampler, timeline }: Inputs,
  { group, pool, path }: Readonly<{ group: ObjectGroupSpec; pool: Pool; path: string }>,
): SizedModel {
  const scale = sampler.number(group.scale, `${path}.scale`);
  if (!(scale > 0))
    throw new SamplingError(`${path}.scale: expected a scale above 0, drew ${scale}`);
  const model = pickModel(sampler, { pool, weights: group.weights }, path);
  const { animation } = group;
  if (!animation) return { model, scale, path };
  return {
    ...samplePose(sampler, { animation, model, timeline }, `${path}.animation`),
    scale,
    path,
  };
}

/** What the objects of a group share: the places of an arrangement, boards that are being filled, or meshes. */
type Order = Readonly<{
  slots: readonly Slot[];
  filler: ShelfFiller | null;
  mesh: MeshPlacer | null;
}>;

function orderOf(
  sampler: Sampler,
  { placement }: ObjectGroupSpec,
  inputs: Readonly<{ path: string; count: number }>,
): Order {
  const none: Order = { slots: [], filler: null, mesh: null };
  switch (placement.kind) {
    case 'grid':
    case 'line':
    case 'ring':
      return { ...none, slots: arrangementSlots(sampler, placement, inputs) };
    case 'shelf':
      return { ...none, filler: new ShelfFiller(placement) };
    case 'mesh':
      return { ...none, mesh: new MeshPlacer(placement) };
    default:
      return none;
  }
}

type BundleInputs = Readonly<{
  bundle: readonly SizedModel[];
  /** Counts the objects of the group. */
  index: number;
  order: Order;
  /** Those of the group that are placed. */
  peers: readonly Placed[];
  groups: PlacedGroups;
}>;

function placeBundle(
  context: PlacementContext,
  { placement }: ObjectGroupSpec,
  { bundle, index, order, peers, groups }: BundleInputs,
): readonly Placed[] | null {
  if (placement.kind === 'stack') return placeStack(context, placement, bundle);
  const [sized] = bundle;
  if (sized === undefined) return [];
  const place = ((): Placed | null => {
    switch (placement.kind) {
      case 'scatter':
        return placeOnSurface(context, placement, { sized, peers });
      case 'grid':
      case 'line':
      case 'ring': {
        const slot = order.slots[index];
        return slot ? placeInSlot(context, placement, { sized, slot }) : null;
      }
      case 'shelf':
        return order.filler?.place(context, sized) ?? null;
      case 'beside':
      case 'on':
      case 'inside':
      case 'facing':
        return placeByRelation(context, placement, { sized, index, groups });
      case 'mesh':
        return order.mesh?.place(context, { sized, index, groups }) ?? null;
      case 'free':
        return placeFree(context, placement, sized);
      case 'drop':
      case 'pile':
        throw new RangeError(`${sized.path}: what falls falls as a group`);
    }
  })();
  return place && [place];
}

/** Why there was no place to try; null where places were tried. */
function whyNowhere(
  placement: ObjectGroupSpec['placement'],
  { index, order, groups }: Pick<BundleInputs, 'index' | 'order' | 'groups'>,
): string | null {
  if (placement.kind === 'grid' && index >= order.slots.length)
    return `the grid has ${order.slots.length} places, all taken`;
  if ('of' in placement && groups.get(placement.of)?.length === 0)
    return `the group "${placement.of}" has no objects in this frame`;
  return null;
}

function refuseOrDrop(
  group: ObjectGroupSpec,
  bundle: readonly SizedModel[],
  { path, tally, why = null }: Readonly<{ path: string; tally?: string; why?: string | null }>,
): Readonly<{ path: string; reason: string }> {
  const what = bundle
    .map(({ model, scale }) => `${model.id}${scale === 1 ? '' : ` ×${scale.toPrecision(3)}`}`)
    .join(', ');
  const tried = why ?? `after ${tally ?? `${group.attempts} attempts`}`;
  const reason = `no room for ${what}${why === null ? ' ' : ': '}${tried}`;
  if (group.whenFull === 'drop') return { path, reason };
  throw new SamplingError(
    `${path}: ${reason}. Lower its count or spacing, enlarge the surface or volume, or set whenFull: drop.`,
  );
}
