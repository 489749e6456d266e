import { evaluateExpression } from '../config/evaluate-expression.ts';
import type { NumberDraw, RisingDraw } from '../config/number-draws.ts';
import { parsedExpression } from '../config/parsed-expression.ts';
import type { Grid, LevelRange, Ramp, RoundValue, Staged } from '../config/value-types.ts';
import { drawOne } from '../sampling/draw-one.ts';
import { countLevels, levelAt } from '../sampling/levels.ts';
import type { DrawnValue, ScheduleSample } from '../sampling/scene-sample.ts';
import { inStage, rampAt, scheduleName } from '../sampling/schedule.ts';
import { type ContinuousDraw, continuousForm, isContinuous } from './closed-form.ts';
import { rotationForm, roundForm } from './round-form.ts';
import type { SpreadForm } from './spread-form.ts';

/** A value that comes up with a probability above 0. */
export type Atom = Readonly<{ value: DrawnValue; probability: number }>;

/** A distribution in closed form: single values, and a share of draws with a density. */
export type StatedForm = Readonly<{
  atoms: readonly Atom[];
  spread: Readonly<{ probability: number; form: SpreadForm }> | null;
}>;

/** Why a value has no closed form, in words. */
export type Unstated = Readonly<{ open: string }>;

/** What of a frame decides between distributions. */
export type FormContext = Readonly<{
  vars: Readonly<Record<string, DrawnValue>>;
  schedule: ScheduleSample;
  /** Counts what is drawn anew: the frame's number, or its sequence's. */
  index: number;
}>;

type Stated = Readonly<{ kind: string } & Record<string, unknown>>;
const NO_FORM: Unstated = { open: 'has no closed form' };

export const isOpen = (form: StatedForm | Unstated): form is Unstated => 'open' in form;

const always = (value: DrawnValue): StatedForm => ({
  atoms: [{ value, probability: 1 }],
  spread: null,
});

/** Whole ranges beyond this are judged as if they were continuous, which differs by a part in so many. */
const MOST_ATOMS = 4096;

/**
 * The closed form of what a config states for a value, in one frame: conditions, stages and ramps are settled
 * by the frame's variables and its place in the schedule.
 */
export function statedForm(stated: unknown, context: FormContext): StatedForm | Unstated {
  if (typeof stated !== 'object' || stated === null || Array.isArray(stated))
    return always(stated as DrawnValue);
  const value = stated as Stated;
  switch (value.kind) {
    case 'constant':
      return always(value['value'] as DrawnValue);
    case 'choice':
      return weighted(value['values'] as readonly DrawnValue[], weightsOf(value));
    case 'chance': {
      const probability = value['probability'] as number;
      return weighted([true, false], [probability, 1 - probability]);
    }
    case 'integer':
    case 'permutation':
      return levelForm(value.kind === 'integer' ? (stated as LevelRange) : levelsOf(value));
    case 'grid': {
      const { values, hold } = stated as Grid<readonly DrawnValue[] | LevelRange>;
      return always(levelAt(values, Math.floor(context.index / hold) % countLevels(values)));
    }
    case 'sobol':
    case 'halton':
      return statedForm(value['of'], context);
    case 'mixture':
      return mixed(
        (value['of'] as readonly unknown[]).map((part) => statedForm(part, context)),
        weightsOf(value),
      );
    case 'if':
      return statedForm(value[isTrue(value['when'] as string, context) ? 'then' : 'else'], context);
    case 'stage':
      return statedForm(inStage(stated as Staged<unknown>, context.schedule, 'stage'), context);
    case 'ramp':
      return rampForm(stated as Ramp<number | RisingDraw>, context);
    case 'var':
      return variableForm(value, context);
    case 'expression':
      return { open: 'reckoned from variables' };
    case 'sphere':
    case 'hemisphere':
    case 'ball':
    case 'disc':
      return spreadAlone(roundForm(stated as RoundValue));
    case 'so3':
      return spreadAlone(rotationForm());
    default:
      return numberForm(stated as NumberDraw);
  }
}

const spreadAlone = (form: SpreadForm): StatedForm => ({
  atoms: [],
  spread: { probability: 1, form },
});

const weightsOf = (value: Stated): readonly number[] | undefined =>
  value['weights'] as readonly number[] | undefined;
const levelsOf = (value: Stated): readonly DrawnValue[] | LevelRange =>
  value['values'] as readonly DrawnValue[] | LevelRange;

/** Values by weight; equal ones count together. */
function weighted(
  values: readonly DrawnValue[],
  weights: readonly number[] | undefined,
): StatedForm {
  const total = weights?.reduce((a, b) => a + b, 0) ?? values.length;
  return {
    atoms: gather(values.map((value, i) => ({ value, probability: (weights?.[i] ?? 1) / total }))),
    spread: null,
  };
}

function gather(atoms: readonly Atom[]): readonly Atom[] {
  const byValue = new Map<string, Atom>();
  for (const { value, probability } of atoms) {
    const key = JSON.stringify(value);
    const known = byValue.get(key)?.probability ?? 0;
    if (probability > 0) byValue.set(key, { value, probability: known + probability });
  }
  return [...byValue.values()];
}

function levelForm(levels: readonly DrawnValue[] | LevelRange): StatedForm {
  const n = countLevels(levels);
  if (n <= MOST_ATOMS || !('min' in levels))
    return weighted(
      Array.from({ length: n }, (_, i) => levelAt(levels, i)),
      undefined,
    );
  const { min, max } = levels;
  return spreadAlone({
    range: { min, max, mean: (min + max) / 2 },
    transform: (value) => {
      const place = ((Number(value) - min) / (max - min)) * (n - 1);
      return Math.min(1, Math.max(0, (place + 0.5) / n));
    },
  });
}

function numberForm(draw: NumberDraw): StatedForm | Unstated {
  if (draw.kind === 'choice') return weighted(draw.values, draw.weights);
  if (draw.kind === 'empirical' && draw.interpolation === 'none')
    return weighted(draw.values, draw.weights);
  if (!isContinuous(draw)) return NO_FORM;
  const form = continuousForm(draw);
  const repeated = draw.kind === 'empirical' ? repeatsOf(draw.values) : [];
  const single = form === null ? onlyValue(draw) : null;
  if (single !== null) return always(single);
  if (form === null) return NO_FORM;
  const { min, max, mean, cdf } = form;
  const share = 1 - repeated.reduce((sum, { probability }) => sum + probability, 0);
  return {
    atoms: repeated,
    spread: {
      probability: share,
      form: { range: { min, max, mean }, transform: (value) => cdf(Number(value)) },
    },
  };
}

/** Neighbours that are equal: between them lies nothing but themselves. */
function repeatsOf(values: readonly number[]): readonly Atom[] {
  const sorted = [...values].sort((a, b) => a - b);
  const equal = sorted.slice(1).filter((value, i) => value === sorted[i]);
  return gather(equal.map((value) => ({ value, probability: 1 / (sorted.length - 1) })));
}

/** The value of a distribution whose range is one point. */
function onlyValue(draw: ContinuousDraw): number | null {
  if (draw.kind === 'normal') return draw.mean;
  if (draw.kind === 'empirical') return draw.values[0] ?? null;
  return draw.kind === 'histogram' ? null : draw.min;
}

/** The mixture of forms; one that is open leaves all open. */
function mixed(
  parts: readonly (StatedForm | Unstated)[],
  weights: readonly number[] | undefined,
): StatedForm | Unstated {
  const total = weights?.reduce((a, b) => a + b, 0) ?? parts.length;
  const shares = parts.map((part, i) => ({ part, share: (weights?.[i] ?? 1) / total }));
  const possible = shares.filter(({ share }) => share > 0);
  const forms: Readonly<{ form: StatedForm; share: number }>[] = [];
  for (const { part, share } of possible) {
    if (isOpen(part)) return part;
    forms.push({ form: part, share });
  }
  const spreads = forms.flatMap(({ form, share }) =>
    form.spread === null ? [] : [{ ...form.spread, probability: form.spread.probability * share }],
  );
  return {
    atoms: gather(
      forms.flatMap(({ form, share }) =>
        form.atoms.map(({ value, probability }) => ({ value, probability: probability * share })),
      ),
    ),
    spread: spreads.length === 0 ? null : mixSpreads(spreads),
  };
}

type Spread = NonNullable<StatedForm['spread']>;

/** Distribution functions are mixed by weight; of points, which have none of their own, by no more than one kind. */
function mixSpreads(spreads: readonly Spread[]): Spread {
  const probability = spreads.reduce((sum, one) => sum + one.probability, 0);
  const mean = (of: (form: SpreadForm) => number): number =>
    spreads.reduce((sum, one) => sum + (one.probability / probability) * of(one.form), 0);
  const ranges = spreads.flatMap(({ form }) => form.range ?? []);
  const range =
    ranges.length < spreads.length
      ? null
      : {
          min: Math.min(...ranges.map(({ min }) => min)),
          max: Math.max(...ranges.map(({ max }) => max)),
          mean: mean((form) => form.range?.mean ?? NaN),
        };
  const transform = (value: DrawnValue): number | null => {
    const p = mean((form) => form.transform(value) ?? NaN);
    return Number.isNaN(p) ? null : p;
  };
  return { probability, form: { range, transform } };
}

function isTrue(when: string, { vars, schedule }: FormContext): boolean {
  const lookUp = (name: string): unknown =>
    Object.hasOwn(vars, name) ? vars[name] : scheduleName(schedule, name);
  return evaluateExpression(parsedExpression(when), lookUp) === true;
}

function variableForm(value: Stated, { vars }: FormContext): StatedForm | Unstated {
  const drawn = vars[value['name'] as string];
  if (drawn === undefined) return NO_FORM;
  if (typeof drawn !== 'number') return always(drawn);
  const { scale = 1, offset = 0 } = value as Readonly<{ scale?: number; offset?: number }>;
  return always(drawn * scale + offset);
}

/** Halvings that find a quantile to the last digit. */
const HALVINGS = 60;

/**
 * A ramp at the progress of the frame: its quantile function is the mean of two, so that the distribution
 * function is found by halving.
 */
function rampForm(
  ramp: Ramp<number | RisingDraw>,
  { schedule: { progress } }: FormContext,
): StatedForm | Unstated {
  if (ramp.points.some(([, end]) => typeof end !== 'number' && (end.kind as string) === 'integer'))
    return { open: 'a ramp that is rounded' };
  const quantile = (u: number): number =>
    rampAt(ramp, progress, (draw) => drawOne(draw, u, 'ramp'));
  const meanOf = (end: RisingDraw): number => continuousForm(end)?.mean ?? NaN;
  const [min, max] = [quantile(0), quantile(1 - 2 ** -40)];
  if (min === max) return always(min);
  const mean = rampAt(ramp, progress, (draw) => meanOf(draw));
  return spreadAlone({
    range: { min, max, mean },
    transform: (value) => {
      let [low, high] = [0, 1];
      for (let i = 0; i < HALVINGS; i++) {
        const middle = (low + high) / 2;
        if (quantile(middle) < Number(value)) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    },
  });
}
