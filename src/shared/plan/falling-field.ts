import type { Bounds, Vec3 } from '../core/geometry.ts';
import { cos, sin, TAU } from '../core/portable-math.ts';
import {
  diameterQuantile,
  dropSpeed,
  flakeDiameter,
  flakeSpeed,
  numberDensity,
  rainOf,
  snowOf,
} from '../core/precipitation-laws.ts';
import { hashShare, mixBits, mixPair } from '../sampling/mix-bits.ts';
import { poissonQuantile } from '../sampling/poisson-quantile.ts';
import type { PlanPrecipitation } from './weather-plan.ts';

/** A drop or flake in the middle of the exposure. */
export type Falling = Readonly<{
  /** World, metres. */
  position: Vec3;
  /** Metres a second. */
  velocity: Vec3;
  diameterMeters: number;
  /** How much narrower it is across its way than `diameterMeters`, 0..1: flakes tumble. */
  narrowing: number;
}>;

/** Side of a column of air and height after which its drops come again, metres. */
const [SIDE, PERIOD] = [1, 8];
/** Sway of flakes about their way: metres, and hertz. */
const [SWAY, SWAY_HERTZ] = [0.04, 0.7];

type Field = Pick<
  PlanPrecipitation,
  'kind' | 'millimetersPerHour' | 'seed' | 'timeSeconds' | 'windMetersPerSecond'
>;

/**
 * What falls through a box of the world, in a fixed order. The air is a lattice of columns that the wind carries;
 * in each, drops fall at their own speed and come again a period higher, since columns are alike in every
 * period: so a drop moves on steadily whatever box is asked for, and frames of a sequence show the same rain.
 */
export function fallingIn(field: Field, box: Bounds): readonly Falling[] {
  const { windMetersPerSecond: wind, timeSeconds: time, seed } = field;
  const [dx, dz] = [wind[0] * time, wind[2] * time];
  const found: Falling[] = [];
  const law =
    field.kind === 'rain' ? rainOf(field.millimetersPerHour) : snowOf(field.millimetersPerHour);
  const mean = numberDensity(law) * SIDE * SIDE * PERIOD;
  for (const column of columns(box, [dx, dz])) {
    const key = mixPair(mixPair(mixBits(seed), column.ix), column.iz);
    const count = poissonQuantile(hashShare(key, 0), mean);
    for (let i = 1; i <= count; i++) {
      const own = mixPair(key, i);
      const melted = diameterQuantile(law, hashShare(own, 1));
      const start = hashShare(own, 2) * PERIOD;
      const made = field.kind === 'rain' ? drop(melted) : flake(melted, own, time);
      const fall = made.speed - wind[1];
      const x = (column.ix + hashShare(own, 3)) * SIDE + dx + made.sway[0];
      const z = (column.iz + hashShare(own, 4)) * SIDE + dz + made.sway[1];
      if (x < box.min[0] || x >= box.max[0] || z < box.min[2] || z >= box.max[2]) continue;
      for (const y of heights(start - fall * time, box)) {
        found.push({
          position: [x, y, z],
          velocity: [wind[0] + made.drift[0], -fall, wind[2] + made.drift[1]],
          diameterMeters: made.diameterMeters,
          narrowing: made.narrowing,
        });
      }
    }
  }
  return found;
}

/** Columns of the field that a box meets, the wind having carried them by `carried` [x, z], metres. */
function* columns(
  { min, max }: Bounds,
  [dx, dz]: readonly [number, number],
): Generator<Readonly<{ ix: number; iz: number }>> {
  for (let ix = Math.floor((min[0] - dx) / SIDE); ix * SIDE + dx < max[0]; ix++)
    for (let iz = Math.floor((min[2] - dz) / SIDE); iz * SIDE + dz < max[2]; iz++) yield { ix, iz };
}

/** Heights inside of the box at which something is that is at `y` in one of the periods. */
function heights(y: number, { min, max }: Bounds): number[] {
  const list: number[] = [];
  for (let at = y + Math.ceil((min[1] - y) / PERIOD) * PERIOD; at < max[1]; at += PERIOD)
    list.push(at);
  return list;
}

type Made = Readonly<{
  speed: number;
  diameterMeters: number;
  narrowing: number;
  /** Beside its column's place, and the speed of that, along x and z. */
  sway: readonly [number, number];
  drift: readonly [number, number];
}>;

function drop(diameter: number): Made {
  return {
    speed: dropSpeed(diameter),
    diameterMeters: diameter / 1000,
    ...{ narrowing: 1, sway: [0, 0], drift: [0, 0] },
  };
}

function flake(melted: number, key: number, time: number): Made {
  const diameter = flakeDiameter(melted);
  const hertz = SWAY_HERTZ * (0.5 + hashShare(key, 5));
  const phase = TAU * (hertz * time + hashShare(key, 6));
  const way = TAU * hashShare(key, 7);
  const [sway, drift] = [SWAY * sin(phase), SWAY * TAU * hertz * cos(phase)];
  return {
    speed: flakeSpeed(diameter),
    diameterMeters: diameter / 1000,
    // A plate that turns over once in two sways.
    narrowing: 0.45 + 0.55 * Math.abs(cos(phase / 2 + TAU * hashShare(key, 8))),
    sway: [sway * cos(way), sway * sin(way)],
    drift: [drift * cos(way), drift * sin(way)],
  };
}
