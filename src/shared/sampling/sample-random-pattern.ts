import { PATTERN_FORMS, PROCEDURAL_KINDS, type ProceduralKind } from '../config/pattern-schema.ts';
import { linearFromHsv } from '../core/color.ts';
import type { LinearRgb } from '../core/geometry.ts';
import { patternSeed } from './sample-pattern.ts';
import type { Sampler } from './sampler.ts';
import type { PatternSample, ProjectionSample } from './scene-sample.ts';

type Range = readonly [min: number, max: number];

/** What a kind's parameters are drawn from; `relief` is a share of the side of a repetition. */
type Recipe = Readonly<{
  octaves: Range;
  cells: Range;
  softness: Range;
  turbulence: Range;
  relief: Range;
  /** Hue in degrees and saturation of the colours that the material has in nature. */
  natural?: Readonly<{ hue: Range; saturation: Range; value: Range }>;
}>;

const NONE: Range = [0, 0];
const RECIPES: Readonly<Record<ProceduralKind, Recipe>> = {
  noise: { octaves: [2, 7], cells: [2, 10], softness: NONE, turbulence: NONE, relief: [0, 0.04] },
  value: { octaves: [1, 6], cells: [2, 12], softness: NONE, turbulence: NONE, relief: [0, 0.04] },
  simplex: { octaves: [1, 6], cells: [1, 6], softness: NONE, turbulence: NONE, relief: [0, 0.04] },
  worley: {
    octaves: [1, 1],
    cells: [3, 16],
    softness: [0.03, 0.25],
    turbulence: NONE,
    relief: [0.005, 0.04],
  },
  checks: { octaves: [1, 1], cells: [1, 8], softness: NONE, turbulence: NONE, relief: [0, 0.01] },
  stripes: {
    octaves: [1, 1],
    cells: [1, 10],
    softness: [0, 0.6],
    turbulence: NONE,
    relief: [0, 0.02],
  },
  gradient: { octaves: [1, 1], cells: [1, 1], softness: NONE, turbulence: NONE, relief: NONE },
  marble: {
    octaves: [3, 7],
    cells: [1, 5],
    softness: NONE,
    turbulence: [0.6, 2.4],
    relief: [0, 0.002],
    natural: { hue: [0, 360], saturation: [0, 0.18], value: [0.25, 0.95] },
  },
  wood: {
    octaves: [3, 6],
    cells: [2, 8],
    softness: [0, 0.04],
    turbulence: [0.4, 1.8],
    relief: [0.001, 0.008],
    natural: { hue: [14, 42], saturation: [0.3, 0.7], value: [0.2, 0.8] },
  },
  bricks: {
    octaves: [3, 5],
    cells: [2, 6],
    softness: [0.08, 0.22],
    turbulence: [0.4, 1.4],
    relief: [0.01, 0.03],
    natural: { hue: [5, 40], saturation: [0.15, 0.65], value: [0.3, 0.8] },
  },
  tiles: {
    octaves: [1, 1],
    cells: [2, 10],
    softness: [0.02, 0.09],
    turbulence: [0, 0.7],
    relief: [0.004, 0.015],
  },
  fabric: {
    octaves: [1, 1],
    cells: [6, 20],
    softness: NONE,
    turbulence: [0.1, 1],
    relief: [0.006, 0.02],
  },
  scratches: {
    octaves: [2, 6],
    cells: [2, 8],
    softness: [0.004, 0.014],
    turbulence: [0, 1],
    relief: [0.001, 0.006],
  },
};

/** Hues of a second, third and fourth colour, degrees from the first: shades, neighbours, opposites, triads. */
const SCHEMES: readonly (readonly number[])[] = [
  [0, 0, 0],
  [28, -28, 14],
  [180, 20, 200],
  [120, 240, 60],
  [75, 150, -40],
];

/** Draws a whole pattern from streams of its own: kind, form, colours, parameters, relief and roughness. */
export function sampleRandomPattern(
  sampler: Sampler,
  {
    kinds,
    scaleMeters,
  }: Readonly<{ kinds?: readonly ProceduralKind[] | undefined; scaleMeters: number }>,
  path: string,
): Omit<PatternSample, keyof ProjectionSample> {
  const kind = sampler.pick(kinds ?? PROCEDURAL_KINDS, `${path}.kind`, {
    weight: () => 1,
    name: (name) => name,
  });
  const recipe = RECIPES[kind];
  const real = (name: string, [min, max]: Range): number =>
    min + (max - min) * sampler.uniform(`${path}.${name}`);
  const whole = (name: string, [min, max]: Range): number =>
    min + Math.floor((max - min + 1) * sampler.uniform(`${path}.${name}`));
  const roughest = real('roughness', [0.25, 1]);
  const forms = formsOf(kind);
  return {
    kind,
    colors: drawColors(recipe, real, whole),
    patternSeed: patternSeed(sampler, path),
    octaves: whole('octaves', recipe.octaves),
    cells: whole('cells', recipe.cells),
    softness: real('softness', recipe.softness),
    turbulence: real('turbulence', recipe.turbulence),
    ...(forms === 0 ? {} : { variant: whole('form', [0, forms - 1]) }),
    reliefMeters: scaleMeters * real('relief', recipe.relief),
    // What stands out is worn or glazed, what lies deep is rough.
    roughness: [roughest, roughest * real('polish', [0.35, 1])],
  };
}

function formsOf(kind: ProceduralKind): number {
  return kind in PATTERN_FORMS ? PATTERN_FORMS[kind as keyof typeof PATTERN_FORMS].length : 0;
}

function drawColors(
  { natural }: Recipe,
  real: (name: string, range: Range) => number,
  whole: (name: string, range: Range) => number,
): readonly LinearRgb[] {
  const count = whole('colorCount', [2, 4]);
  const scheme = SCHEMES[whole('scheme', [0, SCHEMES.length - 1])] ?? [];
  // Three in four of the kinds that nature has look like it; the rest are painted.
  const range =
    natural !== undefined && real('painted', [0, 1]) < 0.75
      ? { ...natural, turn: 0.05 }
      : {
          hue: [0, 360] as const,
          saturation: [0, 0.85] as const,
          value: [0.1, 0.95] as const,
          turn: 1,
        };
  const hue = real('hue', range.hue);
  const saturation = real('saturation', range.saturation);
  // Values are drawn one from each of as many bands, in an order of its own: neighbours can be told apart.
  const first = whole('firstBand', [0, count - 1]);
  const band = (range.value[1] - range.value[0]) / count;
  return Array.from({ length: count }, (_, index) => {
    const low = range.value[0] + band * ((first + index * (count - 1)) % count);
    return linearFromHsv(
      hue + range.turn * (index === 0 ? 0 : (scheme[index - 1] ?? 0)),
      saturation * real(`colors[${index}].saturation`, [0.6, 1]),
      low + band * real(`colors[${index}].value`, [0.1, 1]),
    );
  });
}
