import type { Vec3 } from '#shared/core/geometry';
import { DEGREE, tan } from '#shared/core/portable-math';
import type { FramePlan } from '#shared/plan/frame-plan';
import { lightsOf, type RunInputs } from '#shared/sampling/sample-scene';
import type { LightSample, SceneSample } from '#shared/sampling/scene-sample';
import { circle } from './arcs.ts';
import { closed, crossLines, type Gizmo } from './gizmo.ts';
import { placeRegion } from './place-region.ts';
import { across, addScaled, lengthOf, subtract, unit } from './vectors.ts';

/** Where lights may stand, and those of the frame; of what is drawn about a point, metres. */
type LightScale = Readonly<{ reach: number; center: Vec3 }>;

/** The lights of a frame, where each may be, and suns of a sky or photo by their direction. */
export function lightGizmos(
  { config, scene }: Pick<RunInputs, 'config' | 'scene'>,
  { lights }: Pick<SceneSample, 'lights'>,
  { plan, scale }: Readonly<{ plan: FramePlan; scale: LightScale }>,
): readonly Gizmo[] {
  const regions = Object.values(lightsOf(config, scene)).flatMap((spec): Gizmo[] => {
    const lines = placeRegion(spec.place, config.vars);
    return lines && isSpread(lines) ? [{ kind: 'lights', lines }] : [];
  });
  const suns = plan.lights.slice(lights.length);
  return [
    ...regions,
    ...lights.map((light) => lightGizmo(light, scale)),
    ...suns.map((sun) => sunGizmo(sun, scale)),
  ];
}

/** Whether there is more to see than the cross of a place that does not vary. */
const isSpread = (lines: readonly (readonly Vec3[])[]): boolean =>
  lines.some(({ length }) => length > 2);

function lightGizmo(light: LightSample, { reach }: LightScale): Gizmo {
  const { name, kind, position, target } = light;
  const mark = [...starLines(position, reach * 0.06), ...shapeLines(light)];
  const way = kind === 'point' ? [] : arrow(position, target, reach * 0.05);
  return { kind: 'lights', lines: [...mark, ...way], label: { at: position, text: name } };
}

/** Eight rays. */
function starLines(at: Vec3, reach: number): readonly (readonly Vec3[])[] {
  const slanted = [1, -1].flatMap((x) =>
    [1, -1].map((z): readonly Vec3[] => [
      addScaled(at, [x, 1, z], -reach * 0.45),
      addScaled(at, [x, 1, z], reach * 0.45),
    ]),
  );
  return [...crossLines(at, reach), ...slanted];
}

/** The cone of a spot, the rectangle of an area, the disc of a light that has a size. */
function shapeLines(light: LightSample): readonly (readonly Vec3[])[] {
  const { kind, position, target, sizeMeters, rectangleMeters } = light;
  const way = subtract(target, position);
  const distance = lengthOf(way);
  if (distance === 0) return [];
  if (kind === 'area' && rectangleMeters) return [rectangle(position, way, rectangleMeters)];
  const disc = sizeMeters > 0 && kind !== 'point' ? [circle(position, way, sizeMeters)] : [];
  if (kind !== 'spot') return disc;
  const radius = distance * tan(Math.min(80, light.coneDegrees) * DEGREE);
  const rim = circle(target, way, radius);
  const spokes = [0, 18, 36, 54].flatMap((i): (readonly Vec3[])[] => {
    const end = rim[i];
    return end ? [[position, end]] : [];
  });
  return [...disc, rim, ...spokes];
}

/** Its width lies level, as the renderer has it. */
function rectangle(
  at: Vec3,
  way: Vec3,
  [width, height]: readonly [number, number],
): readonly Vec3[] {
  const sight = unit(way);
  const level: Vec3 =
    Math.abs(sight[0]) + Math.abs(sight[2]) < 1e-6 ? [1, 0, 0] : unit([sight[2], 0, -sight[0]]);
  const up: Vec3 = [
    sight[1] * level[2] - sight[2] * level[1],
    sight[2] * level[0] - sight[0] * level[2],
    sight[0] * level[1] - sight[1] * level[0],
  ];
  const corner = (x: number, y: number): Vec3 =>
    addScaled(addScaled(at, level, (x * width) / 2), up, (y * height) / 2);
  return closed([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
}

function arrow(from: Vec3, to: Vec3, head: number): readonly (readonly Vec3[])[] {
  const way = subtract(to, from);
  if (lengthOf(way) === 0) return [];
  const back = addScaled(to, unit(way), -head);
  const barbs = across(way).flatMap((side) =>
    [1, -1].map((sign): readonly Vec3[] => [to, addScaled(back, side, sign * head * 0.4)]),
  );
  return [[from, to], ...barbs];
}

/** A sun is far away: an arrow from its direction. */
function sunGizmo({ position, target }: FramePlan['lights'][number], scale: LightScale): Gizmo {
  const towards = unit(subtract(position, target));
  const from = addScaled(scale.center, towards, scale.reach * 1.6);
  const to = addScaled(scale.center, towards, scale.reach * 0.9);
  return {
    kind: 'lights',
    lines: [...starLines(from, scale.reach * 0.1), ...arrow(from, to, scale.reach * 0.07)],
    label: { at: from, text: 'sun' },
  };
}
