import { cos, exp, log, sin, TAU } from '../core/portable-math.ts';
import type { Flicker } from './flicker-sample.ts';
import { hashShare } from './mix-bits.ts';

/** Sines that noise is the sum of: enough for a sum that is nearly normal. */
const TONES = 16;

/**
 * What a flicker multiplies the mean of a light by, so many seconds after its sequence began; of what pulses,
 * the mean over `lastingSeconds` about then.
 */
export function flickerFactor(flicker: Flicker, seconds: number, lastingSeconds = 0): number {
  const { hertz, depth } = flicker;
  if (flicker.kind === 'unsteady') {
    // Log-normal: never below 0, of mean 1 and of standard deviation `depth`.
    const variance = log(1 + depth * depth);
    return exp(Math.sqrt(variance) * noiseAt(flicker.noiseSeed, hertz * seconds) - variance / 2);
  }
  const pulses = 2 * hertz * seconds + flicker.phase;
  return 1 + depth * meanShare(2 * hertz * lastingSeconds) * cos(wrapped(pulses));
}

/** What is left of a cosine's swing in its mean over so many of its pulses: sin(πp) / πp. */
function meanShare(pulses: number): number {
  if (pulses === 0) return 1;
  return sin(wrapped(pulses / 2)) / ((pulses / 2) * TAU);
}

/**
 * Noise of mean 0 and variance 1 after `cycles` cycles of its fastest tone. One sine from each of so many equal
 * parts of the band, of any frequency in it and any phase: its spectrum is even, its autocorrelation
 * sin(2πc) / 2πc (M. Shinozuka and G. Deodatis, “Simulation of Stochastic Processes by Spectral Representation”, 1991).
 */
export function noiseAt(noiseSeed: number, cycles: number): number {
  let sum = 0;
  for (let tone = 0; tone < TONES; tone++) {
    const pace = (tone + hashShare(noiseSeed, 2 * tone)) / TONES;
    sum += cos(wrapped(pace * cycles + hashShare(noiseSeed, 2 * tone + 1)));
  }
  return sum * Math.sqrt(2 / TONES);
}

/** Radians of so many turns, without whole ones. */
const wrapped = (turns: number): number => (turns - Math.floor(turns)) * TAU;
