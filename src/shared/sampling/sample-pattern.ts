import { PATTERN_FORMS, type PatternSpec } from '../config/pattern-schema.ts';
import type { ScreenPatternSpec } from '../config/background-schema.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { PatternSample, ProjectionSample } from './scene-sample.ts';

type Relief = Pick<PatternSpec, 'reliefMeters' | 'roughness'>;

/** Draws a procedural pattern, where it lies on the surface aside. */
export function samplePattern(
  sampler: Sampler,
  pattern: PatternSpec | Exclude<ScreenPatternSpec, { kind: 'random' }>,
  path: string,
): Omit<PatternSample, keyof ProjectionSample> {
  return {
    kind: pattern.kind,
    colors: pattern.colors.map((color, index) => sampler.color(color, `${path}.colors[${index}]`)),
    patternSeed: patternSeed(sampler, path),
    octaves: 'octaves' in pattern ? pattern.octaves : 1,
    cells: 'cells' in pattern ? pattern.cells : 1,
    softness:
      'softness' in pattern
        ? requireRange(
            sampler.number(pattern.softness, `${path}.softness`),
            `${path}.softness`,
            [0, 1],
          )
        : 0,
    turbulence:
      'turbulence' in pattern ? sampler.number(pattern.turbulence, `${path}.turbulence`) : 0,
    ...('form' in pattern ? { variant: formIndex(pattern) } : {}),
    // Over the image there is neither relief nor roughness.
    ...('scaleMeters' in pattern ? sampleRelief(sampler, pattern, path) : {}),
  };
}

/** Seeds a lattice: a whole number below 2^24. */
export function patternSeed(sampler: Sampler, path: string): number {
  return Math.floor(sampler.uniform(`${path}.patternSeed`) * 2 ** 24);
}

/** Draws what a pattern's height makes of a surface; nothing where the config says nothing. */
export function sampleRelief(
  sampler: Sampler,
  { reliefMeters, roughness }: Relief,
  path: string,
): Pick<PatternSample, 'reliefMeters' | 'roughness'> {
  const draw = (
    value: NonNullable<Relief['reliefMeters']>,
    at: string,
    range: readonly [number, number],
  ): number => requireRange(sampler.number(value, at), at, range);
  return {
    ...(reliefMeters === undefined
      ? {}
      : { reliefMeters: draw(reliefMeters, `${path}.reliefMeters`, [0, 100]) }),
    ...(roughness === undefined
      ? {}
      : {
          roughness: [
            draw(roughness[0], `${path}.roughness[0]`, [0, 1]),
            draw(roughness[1], `${path}.roughness[1]`, [0, 1]),
          ] as const,
        }),
  };
}

function formIndex(pattern: Readonly<{ kind: keyof typeof PATTERN_FORMS; form: string }>): number {
  const forms: readonly string[] = PATTERN_FORMS[pattern.kind];
  return forms.indexOf(pattern.form);
}
