import type { DrawnValue } from '../sampling/scene-sample.ts';
import { chiSquareTest, ksStatistic, type ChiSquare, type Tally } from './goodness-of-fit.ts';
import { isOpen, statedForm, type FormContext, type StatedForm } from './stated-form.ts';
import {
  isVector,
  summariseNumbers,
  type NumberSummary,
  type OutcomeCount,
} from './summarise-values.ts';

/** What was drawn of one parameter. */
export type DrawnSummary =
  | Readonly<{ kind: 'numbers'; summary: NumberSummary }>
  | Readonly<{ kind: 'outcomes'; outcomes: readonly OutcomeCount[] }>
  | Readonly<{ kind: 'vectors'; components: readonly NumberSummary[] }>;

/** Values of one parameter over frames, beside what was asked for. */
export type ParameterFacts = Readonly<{
  n: number;
  /** What the config states for it, where it first was drawn. */
  stated: unknown;
  /** Of numbers, over the frames that were drawn; null where it is not known. */
  asked: Readonly<{ min: number; max: number; mean: number }> | null;
  drawn: DrawnSummary;
  /** Kolmogorov and Smirnov's statistic of what has a density; null where nothing has. */
  ks: number | null;
  chiSquare: ChiSquare | null;
  /** How many values the config does not allow, and the first of them. */
  outside: Readonly<{ count: number; first: DrawnValue | null }>;
  /** Why values could not be judged; null where all were. */
  open: string | null;
}>;

type Outcome = { readonly value: DrawnValue; count: number; expected: number };
/** Draws that have a density, as one outcome beside those that are single values. */
const SPREAD_KEY = 'spread';

/** Gathers the draws of one parameter. */
export class ParameterTally {
  readonly #stated: unknown;
  readonly #values: DrawnValue[] = [];
  readonly #transformed: number[] = [];
  readonly #outcomes = new Map<string, Outcome>();
  #asked: { min: number; max: number; meanSum: number } | null = {
    min: Infinity,
    max: -Infinity,
    meanSum: 0,
  };
  #outside: { count: number; first: DrawnValue | null } = { count: 0, first: null };
  #open: string | null = null;

  constructor(stated: unknown) {
    this.#stated = stated;
  }

  /** @param stated What the config states for this draw; undefined where that is not known. */
  add(value: DrawnValue, stated: unknown, context: FormContext): void {
    this.#values.push(value);
    const form =
      stated === undefined
        ? { open: 'what the config states is not known' }
        : statedForm(stated, context);
    if (isOpen(form)) {
      this.#open ??= form.open;
      this.#asked = null;
      return;
    }
    this.#addAsked(form);
    this.#expect(form);
    this.#place(value, form);
  }

  facts(): ParameterFacts {
    const known = this.#asked;
    const n = this.#values.length;
    const asked =
      known !== null && Number.isFinite(known.meanSum) && known.min <= known.max
        ? { min: known.min, max: known.max, mean: known.meanSum / n }
        : null;
    return {
      n,
      stated: this.#stated,
      asked,
      drawn: this.#drawn(asked),
      ks: this.#transformed.length > 0 ? ksStatistic(this.#transformed) : null,
      chiSquare: chiSquareTest(this.#tallies()),
      outside: this.#outside,
      open: this.#open,
    };
  }

  #addAsked({ atoms, spread }: StatedForm): void {
    if (this.#asked === null) return;
    const range = spread?.form.range;
    if (atoms.some(({ value }) => typeof value !== 'number') || range === null) {
      this.#asked = null;
      return;
    }
    const numbers = atoms.map(({ value, probability }) => ({ value: Number(value), probability }));
    const ends = [...numbers.map(({ value }) => value), ...(range ? [range.min, range.max] : [])];
    const { min, max, meanSum } = this.#asked;
    this.#asked = {
      min: Math.min(min, ...ends),
      max: Math.max(max, ...ends),
      meanSum:
        numbers.reduce((sum, one) => sum + one.value * one.probability, meanSum) +
        (spread && range ? spread.probability * range.mean : 0),
    };
  }

  #expect({ atoms, spread }: StatedForm): void {
    for (const { value, probability } of atoms)
      this.#outcome(JSON.stringify(value), value).expected += probability;
    if (spread !== null) this.#outcome(SPREAD_KEY, SPREAD_KEY).expected += spread.probability;
  }

  #place(value: DrawnValue, { atoms, spread }: StatedForm): void {
    const key = JSON.stringify(value);
    if (atoms.some((atom) => JSON.stringify(atom.value) === key)) {
      this.#outcome(key, value).count += 1;
      return;
    }
    const range = spread?.form.range;
    const inRange = !range || (Number(value) >= range.min && Number(value) <= range.max);
    if (spread === null || !inRange) {
      this.#outside = { count: this.#outside.count + 1, first: this.#outside.first ?? value };
      return;
    }
    this.#outcome(SPREAD_KEY, SPREAD_KEY).count += 1;
    const transformed = spread.form.transform(value);
    if (transformed !== null) this.#transformed.push(transformed);
  }

  #outcome(key: string, value: DrawnValue): Outcome {
    const known = this.#outcomes.get(key) ?? { value, count: 0, expected: 0 };
    this.#outcomes.set(key, known);
    return known;
  }

  /** Outcomes in their order: numbers by size, others as they are stated. */
  #tallies(): readonly (Tally & Readonly<{ value: DrawnValue }>)[] {
    const outcomes = [...this.#outcomes.values()];
    if (!outcomes.every(({ value }) => typeof value === 'number')) return outcomes;
    return outcomes.sort((a, b) => Number(a.value) - Number(b.value));
  }

  #drawn(asked: ParameterFacts['asked']): DrawnSummary {
    const values = this.#values;
    if (values.every((value) => typeof value === 'number'))
      return { kind: 'numbers', summary: summariseNumbers(values, asked) };
    if (values.every(isVector)) {
      const [first] = values;
      const component = (_: number, axis: number): NumberSummary =>
        summariseNumbers(values.map((vector) => vector[axis] ?? NaN));
      return { kind: 'vectors', components: (first ?? []).map(component) };
    }
    return { kind: 'outcomes', outcomes: this.#counts() };
  }

  #counts(): readonly OutcomeCount[] {
    const asked = this.#tallies().map(({ value, count, expected }) => ({ value, count, expected }));
    const listed = new Set(asked.map(({ value }) => JSON.stringify(value)));
    const others = new Map<string, { value: DrawnValue; count: number; expected: null }>();
    for (const value of this.#values) {
      const key = JSON.stringify(value);
      if (listed.has(key)) continue;
      const known = others.get(key) ?? { value, count: 0, expected: null };
      known.count += 1;
      others.set(key, known);
    }
    return [...asked, ...others.values()];
  }
}
