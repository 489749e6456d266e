import type { WobbleSpec } from '../config/motion-schema.ts';
import type { Vec3 } from '../core/geometry.ts';
import { worldFromLookAt } from '../core/look-at.ts';
import { transformPoint } from '../core/matrix.ts';
import { DEGREE, sin, tan, TAU } from '../core/portable-math.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Shares of the frequency that a hand swings at, none a simple fraction of another, and their weights. */
const TONES = [
  { pace: 0.6180339887, weight: 0.48 },
  { pace: 1, weight: 0.8 },
  { pace: 1.7320508076, weight: 0.36 },
] as const;
/** The weights' squares sum to one, so that a sway has a root mean square of one. */
const NORM = Math.sqrt(TONES.reduce((sum, { weight }) => sum + weight * weight, 0));

type View = Readonly<{ position: Vec3; target: Vec3 }>;

/**
 * A view as a hand holds it, `now` seconds after its sequence began: moved, and turned about its own
 * right and down, by sums of three sines whose phases are drawn once for each sequence.
 */
export function wobbleView(
  sampler: Sampler,
  spec: WobbleSpec,
  { view, now, path }: Readonly<{ view: View; now: number; path: string }>,
): View {
  const drawn = (
    name: 'positionMeters' | 'angleDegrees' | 'hertz',
    least: number,
    most: number,
  ): number =>
    requireRange(sampler.number(spec[name], `${path}.${name}`), `${path}.${name}`, [least, most]);
  const [far, angle, hertz] = [
    drawn('positionMeters', 0, 10),
    drawn('angleDegrees', 0, 20),
    drawn('hertz', 0, 100),
  ];
  const swayOf = (channel: string): number => {
    const phase = (i: number): number => sampler.uniform(`${path}.${channel}[${i}]`);
    return swayAt(hertz * now, [phase(0), phase(1), phase(2)]);
  };
  const { position, target } = view;
  const moved: Vec3 = [
    position[0] + far * swayOf('x'),
    position[1] + far * swayOf('y'),
    position[2] + far * swayOf('z'),
  ];
  const sight = Math.sqrt(
    (target[0] - position[0]) * (target[0] - position[0]) +
      (target[1] - position[1]) * (target[1] - position[1]) +
      (target[2] - position[2]) * (target[2] - position[2]),
  );
  const turned = (channel: string): number => sight * tan(angle * swayOf(channel) * DEGREE);
  const aim: Vec3 = [turned('yaw'), turned('pitch'), sight];
  const worldFromView = worldFromLookAt(position, target, 0);
  const [x, y, z] = transformPoint(worldFromView, aim);
  const shift = [moved[0] - position[0], moved[1] - position[1], moved[2] - position[2]] as const;
  return { position: moved, target: [x + shift[0], y + shift[1], z + shift[2]] };
}

/** A sway after `cycles` cycles: root mean square 1 over long times; phases in cycles. */
export function swayAt(cycles: number, phases: readonly [number, number, number]): number {
  let sum = 0;
  for (const [i, { pace, weight }] of TONES.entries()) {
    sum += (weight / NORM) * Math.SQRT2 * sin((pace * cycles + (phases[i] ?? 0)) * TAU);
  }
  return sum;
}
