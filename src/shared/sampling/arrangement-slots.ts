import type { GridSpec, LineSpec, RingSpec } from '../config/arrangement-schema.ts';
import type { Vec2 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import { turnInPlan } from './motion.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

export type ArrangementSpec = GridSpec | LineSpec | RingSpec;

/** A place of an arrangement: [x, z] and the turn, in the frame of its surface; metres and degrees. */
export type Slot = Readonly<{ at: Vec2; yawDegrees: number }>;

type Inputs = Readonly<{
  /** Path of the placement: `objects.mugs.placement`. */
  path: string;
  /** Objects of the group. */
  count: number;
}>;

/** The places of an arrangement in the order in which objects take them; a grid may have fewer than objects. */
export function arrangementSlots(
  sampler: Sampler,
  spec: ArrangementSpec,
  inputs: Inputs,
): readonly Slot[] {
  const { path } = inputs;
  const [cx, cz] = [
    sampler.number(spec.centerMeters[0], `${path}.centerMeters[0]`),
    sampler.number(spec.centerMeters[1], `${path}.centerMeters[1]`),
  ];
  const turn = sampler.number(spec.turnDegrees, `${path}.turnDegrees`);
  return ownSlots(sampler, spec, inputs).map(({ at, yawDegrees }): Slot => {
    const [x, z] = turnInPlan(at, [0, 0], turn);
    return { at: [cx + x, cz + z], yawDegrees: yawDegrees + turn };
  });
}

function ownSlots(sampler: Sampler, spec: ArrangementSpec, inputs: Inputs): readonly Slot[] {
  switch (spec.kind) {
    case 'grid':
      return gridSlots(sampler, spec, inputs);
    case 'line':
      return lineSlots(sampler, spec, inputs);
    case 'ring':
      return ringSlots(sampler, spec, inputs);
  }
}

function gridSlots(sampler: Sampler, spec: GridSpec, { path }: Inputs): readonly Slot[] {
  const lines = (name: 'rows' | 'columns'): number =>
    requireRange(sampler.integer(spec[name], `${path}.${name}`), `${path}.${name}`, [1, 1000]);
  const [rows, columns] = [lines('rows'), lines('columns')];
  const dz = pitch(sampler.number(spec.rowPitchMeters, `${path}.rowPitchMeters`), `${path}.rowPitchMeters`); // prettier-ignore
  const dx = pitch(sampler.number(spec.columnPitchMeters, `${path}.columnPitchMeters`), `${path}.columnPitchMeters`); // prettier-ignore
  const slots = Array.from({ length: rows * columns }, (_, i): Slot => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return { at: [middled(column, columns) * dx, middled(row, rows) * dz], yawDegrees: 0 };
  });
  if (spec.order === 'rows') return slots;
  const keys = slots.map((slot, i) => ({ slot, key: sampler.uniform(`${path}.order[${i}]`) }));
  return keys.sort((a, b) => a.key - b.key).map(({ slot }) => slot);
}

function lineSlots(
  sampler: Sampler,
  { pitchMeters }: LineSpec,
  { path, count }: Inputs,
): readonly Slot[] {
  const dx = pitch(sampler.number(pitchMeters, `${path}.pitchMeters`), `${path}.pitchMeters`);
  return Array.from({ length: count }, (_, i) => ({
    at: [middled(i, count) * dx, 0],
    yawDegrees: 0,
  }));
}

function ringSlots(sampler: Sampler, spec: RingSpec, { path, count }: Inputs): readonly Slot[] {
  const radius = pitch(sampler.number(spec.radiusMeters, `${path}.radiusMeters`), `${path}.radiusMeters`); // prettier-ignore
  const arcPath = `${path}.arcDegrees`;
  const arc = requireRange(sampler.number(spec.arcDegrees, arcPath), arcPath, [0, 360]);
  const step = arc === 360 ? 360 / count : arc / Math.max(1, count - 1);
  const turned = { center: 180, outward: 0, none: null }[spec.facing];
  return Array.from({ length: count }, (_, i): Slot => {
    const angle = i * step;
    const at: Vec2 = [radius * sin(angle * DEGREE), radius * cos(angle * DEGREE)];
    return { at, yawDegrees: turned === null ? 0 : angle + turned };
  });
}

/** −1, 0, 1 of three; −½, ½ of two. */
const middled = (index: number, count: number): number => index - (count - 1) / 2;

const pitch = (value: number, path: string): number => requireRange(value, path, [1e-4, 1e4]);
