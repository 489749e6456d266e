import { instantsOf, spanOf } from '../config/shutter-times.ts';
import { flickerFactor } from '../sampling/flicker-factor.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import type { FramePlan, PlanShutter } from './frame-plan.ts';
import { planLights } from './plan-lights.ts';

/** Intensities of what flickers in each sub-frame of the exposure; none where all is steady. */
export function planFlicker(
  sample: SceneSample,
  { size: { height: rows }, render: { subframes } }: Pick<FramePlan, 'size' | 'render'>,
): NonNullable<PlanShutter['lights']> {
  const { lights, sequence, shutter } = sample;
  if (!shutter || !lights.some(({ flicker }) => flicker)) return [];
  const now = sequence?.timeSeconds ?? 0;
  const instants = instantsOf(shutter, rows, subframes);
  const lasting = spanOf(shutter, rows) / subframes;
  const steady = planLights({ ...sample, lights: lights.map(({ flicker: _, ...light }) => light) });
  return lights.flatMap(({ flicker }, index) => {
    const mean = steady.lights[index]?.intensity;
    if (!flicker || mean === undefined) return [];
    const factorAt = (offset: number): number => flickerFactor(flicker, now + offset, lasting);
    return [{ index, intensities: instants.map((offset) => mean * factorAt(offset)) }];
  });
}
