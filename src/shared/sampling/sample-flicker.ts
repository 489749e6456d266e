import { FLICKER_RANGES, type FlickerSpec } from '../config/flicker-schema.ts';
import { flickerFactor } from './flicker-factor.ts';
import type { Flicker, FlickerSample } from './flicker-sample.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Draws how a light flickers; `now` counts seconds since the sequence began. */
export function sampleFlicker(
  sampler: Sampler,
  spec: FlickerSpec,
  { path, now }: Readonly<{ path: string; now: number }>,
): FlickerSample {
  const flicker = drawFlicker(sampler, spec, path);
  return { ...flicker, factor: flickerFactor(flicker, now) };
}

function drawFlicker(sampler: Sampler, spec: FlickerSpec, path: string): Flicker {
  const drawn = (field: keyof typeof FLICKER_RANGES): number => {
    const at = `${path}.${field}`;
    return requireRange(sampler.number(spec[field], at), at, FLICKER_RANGES[field]);
  };
  const [hertz, depth] = [drawn('hertz'), drawn('depth')];
  if (spec.kind === 'mains')
    return { kind: 'mains', hertz, depth, phase: sampler.number(spec.phase, `${path}.phase`) };
  const noiseSeed = Math.floor(sampler.uniform(`${path}.noiseSeed`) * 2 ** 24);
  return { kind: 'unsteady', hertz, depth, noiseSeed };
}
