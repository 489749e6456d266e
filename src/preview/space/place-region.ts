import type { Config } from '#shared/config/config-schema';
import type { GridPlaceSpec, PlaceSpec } from '#shared/config/place-schema';
import { rangeOf } from '#shared/config/value-range';
import type { NumberValue, Vec3Value } from '#shared/config/value-schemas';
import type { Vec3 } from '#shared/core/geometry';
import { closed, boxLines, crossLines } from './gizmo.ts';
import { circle, halfCircle, meridian, parallel, type Patch } from './arcs.ts';
import { across, between, unit } from './vectors.ts';

type Vars = Config['vars'];
type Lines = readonly (readonly Vec3[])[];
type Range = readonly [least: number, most: number];

/** Reach of the cross at a place that does not vary, metres. */
const CROSS_METERS = 0.03;
/** Positions of a grid up to which each is drawn. */
const MOST_CROSSES = 500;
/** Degrees between the lines of a net on a shell. */
const NET_DEGREES = 30;

/** Bounds of a number; null where it has none. */
function boundsOf(value: NumberValue, vars: Vars): Range | null {
  const range = rangeOf(value, vars);
  return range && Number.isFinite(range.min) && Number.isFinite(range.max)
    ? [range.min, range.max]
    : null;
}

const isVector = (value: unknown): value is Vec3 =>
  Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number');

/**
 * The outline of where a vector can be: a point, line, rectangle or box, a ball or disc, or all of several.
 * Null where it is not bounded, or not known before it is drawn.
 */
export function vectorRegion(
  value: unknown,
  vars: Vars,
  open: readonly string[] = [],
): Lines | null {
  if (Array.isArray(value)) return boxRegion(value as readonly NumberValue[], vars);
  if (value === null || typeof value !== 'object') return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const all = (members: readonly unknown[]): Lines | null => {
    const regions = members.map((member) => vectorRegion(member, vars, open));
    return regions.every((region) => region !== null) ? regions.flat() : null;
  };
  switch (fields['kind']) {
    case 'constant':
      return vectorRegion(fields['value'], vars, open);
    case 'choice':
    case 'permutation':
    case 'grid':
      return Array.isArray(fields['values']) ? all(fields['values']) : null;
    case 'sobol':
    case 'halton':
      return vectorRegion(fields['of'], vars, open);
    case 'mixture':
      return Array.isArray(fields['of']) ? all(fields['of']) : null;
    case 'stage':
      return all(Object.values(fields['of'] as Readonly<Record<string, unknown>>));
    case 'if':
      return all([fields['then'], fields['else']]);
    case 'var':
      return variableRegion(fields['name'], vars, open);
    default:
      return roundRegion(fields, vars);
  }
}

function variableRegion(name: unknown, vars: Vars, open: readonly string[]): Lines | null {
  if (typeof name !== 'string' || open.includes(name) || !Object.hasOwn(vars, name)) return null;
  return vectorRegion(vars[name], vars, [...open, name]);
}

function boxRegion(parts: readonly NumberValue[], vars: Vars): Lines | null {
  const [x, y, z] = parts.map((part) => boundsOf(part, vars));
  if (!x || !y || !z) return null;
  const [min, max]: readonly [Vec3, Vec3] = [
    [x[0], y[0], z[0]],
    [x[1], y[1], z[1]],
  ];
  const fixed = min.every((part, axis) => part === max[axis]);
  return fixed ? crossLines(min, CROSS_METERS) : boxLines(min, max);
}

function roundRegion(fields: Readonly<Record<string, unknown>>, vars: Vars): Lines | null {
  const { kind, radius, center, axis } = fields;
  const range = boundsOf(radius as NumberValue, vars);
  if (range === null || !isVector(center)) return null;
  const [, most] = range;
  if (kind === 'sphere' || kind === 'ball') {
    const axes: readonly Vec3[] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    return axes.map((one) => circle(center, one, most));
  }
  if (!isVector(axis)) return null;
  const rim = circle(center, axis, most);
  if (kind === 'disc') return [rim];
  if (kind !== 'hemisphere') return null;
  const up = unit(axis);
  return [rim, ...across(axis).map((side) => halfCircle(center, [side, up], most))];
}

/** The outline of where a place can be; null where it is not bounded, or not known before it is drawn. */
export function placeRegion(place: PlaceSpec, vars: Vars): Lines | null {
  if (place.kind === 'at') return vectorRegion(place.position, vars);
  if (place.kind === 'ring') return ringRegion(place, vars);
  if (place.kind === 'grid') return gridRegion(place);
  const center = middleOf(place.target, vars);
  const [radius, azimuth, elevation] = [
    boundsOf(place.radiusMeters, vars),
    boundsOf(place.azimuthDegrees, vars),
    boundsOf(place.elevationDegrees, vars),
  ];
  if (!center || !radius || !azimuth || !elevation) return null;
  return shellLines({ center, azimuth: lessThanATurn(azimuth), elevation }, radius);
}

/** The level arcs, or circles, at the least and greatest radius and height. */
function ringRegion(place: Extract<PlaceSpec, { kind: 'ring' }>, vars: Vars): Lines | null {
  const center = middleOf(place.target, vars);
  const [radius, azimuth, height] = [
    boundsOf(place.radiusMeters, vars),
    boundsOf(place.azimuthDegrees, vars),
    boundsOf(place.heightMeters, vars),
  ];
  if (!center || !radius || !azimuth || !height) return null;
  return [...new Set(height)].flatMap((above) => {
    const level: Vec3 = [center[0], center[1] + above, center[2]];
    return shellLines(
      { center: level, azimuth: lessThanATurn(azimuth), elevation: [0, 0] },
      radius,
    );
  });
}

/** A cross at each position, or the box around them where they are too many to tell apart. */
function gridRegion({ min, max, counts }: GridPlaceSpec): Lines {
  const [nx, ny, nz] = counts;
  if (nx * ny * nz > MOST_CROSSES) return boxLines(min, max);
  const along = (axis: 0 | 1 | 2): readonly number[] => {
    const [low, high, count] = [min[axis], max[axis], counts[axis]];
    if (count === 1) return [(low + high) / 2];
    return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  };
  return along(2).flatMap((z) =>
    along(1).flatMap((y) => along(0).flatMap((x) => crossLines([x, y, z], CROSS_METERS))),
  );
}

const lessThanATurn = ([from, to]: Range): Range => [from, Math.min(to, from + 360)];

/** The middle of where a vector of three numbers can be; null where it has none, or is something else. */
function middleOf(value: Vec3Value, vars: Vars): Vec3 | null {
  if (!Array.isArray(value)) return null;
  const [x, y, z] = (value as readonly NumberValue[]).map((part) => boundsOf(part, vars));
  if (!x || !y || !z) return null;
  return between([x[0], y[0], z[0]], [x[1], y[1], z[1]], 0.5);
}

/** The net of a part of a shell, at its least and its greatest radius, and the edges between. */
function shellLines(patch: Patch, [least, most]: Range): Lines {
  const { azimuth, elevation } = patch;
  const turn = azimuth[1] - azimuth[0] >= 360;
  const levels = netOf(elevation);
  const sides = turn ? netOf(azimuth).slice(0, -1) : netOf(azimuth);
  const net = (radius: number): Lines => [
    ...levels.map((level) => parallel(patch, radius, level)),
    ...sides.map((side) => meridian(patch, radius, side)),
  ];
  if (least === most) return net(most);
  const edges = turn
    ? []
    : azimuth.flatMap((side) =>
        elevation.map((level): readonly Vec3[] => [
          parallel({ ...patch, azimuth: [side, side] }, least, level)[0] ?? patch.center,
          parallel({ ...patch, azimuth: [side, side] }, most, level)[0] ?? patch.center,
        ]),
      );
  return [...net(least), ...net(most), ...edges];
}

/** Both ends of a range, and what divides it into parts of no more than {@link NET_DEGREES}. */
function netOf([from, to]: Range): readonly number[] {
  if (from === to) return [from];
  const parts = Math.max(1, Math.ceil((to - from) / NET_DEGREES));
  return Array.from({ length: parts + 1 }, (_, i) => from + ((to - from) * i) / parts);
}

/** A polygon of the ground plan at a height. */
export function levelPolygon(
  polygon: readonly (readonly [number, number])[],
  height: number,
): readonly Vec3[] {
  return closed(polygon.map(([x, z]): Vec3 => [x, height, z]));
}
