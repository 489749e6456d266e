import type { z } from 'zod';
import type { NumberDraw, NumberDrawInput, RisingDraw, RisingDrawInput } from './number-draws.ts';

/**
 * The types of the grammar of values. They are written out, because values contain values, which no
 * inference unravels; `value-schemas.ts` is checked against them. `input` is what a person writes,
 * `output` has the defaults.
 */
type Side = 'input' | 'output';
type Defaulted<S extends Side, T> = S extends 'input'
  ? { readonly [K in keyof T]?: T[K] | undefined }
  : { readonly [K in keyof T]: T[K] };

type Weights = Readonly<{ weights?: readonly number[] | undefined }>;
type Vector = readonly [number, number, number];
type Quaternion = readonly [number, number, number, number];

export type Constant<T> = Readonly<{ kind: 'constant'; value: T }>;
export type Choice<T> = Readonly<{ kind: 'choice'; values: readonly T[] }> & Weights;
/** An interface, as is every type that holds values again: aliases cannot refer to themselves. */
export interface Mixture<V> {
  readonly kind: 'mixture';
  readonly of: readonly V[];
  readonly weights?: readonly number[] | undefined;
}
export interface Condition<V> {
  readonly kind: 'if';
  /** An expression that is true or false. */
  readonly when: string;
  readonly then: V;
  readonly else: V;
}
/** A value for each stage of the schedule, by name. */
export interface Staged<V> {
  readonly kind: 'stage';
  readonly of: Readonly<Record<string, V>>;
}
/** A value that goes from point to point over the progress: `[progress, value]`, rising. */
export type Ramp<V> = Readonly<{ kind: 'ramp'; points: readonly (readonly [number, V])[] }>;
export type ExpressionOf = Readonly<{ kind: 'expression'; of: string }>;
/** `L`: a list of values, or for numbers {@link Levels}. */
export type Permutation<L> = Readonly<{ kind: 'permutation'; values: L }>;
export type Grid<L, S extends Side = 'output'> = Readonly<{ kind: 'grid'; values: L }> &
  Defaulted<S, { hold: number }>;
export type Spread<D> = Readonly<{ kind: 'sobol' | 'halton'; dimension: number; of: D }>;
export type Reference = Readonly<{ kind: 'var'; name: string }>;
export type ScaledReference<S extends Side = 'output'> = Reference &
  Defaulted<S, { scale: number; offset: number }>;

/** Evenly spaced numbers from min to max; without `steps`, every whole number of min..max. */
export type LevelRange = Readonly<{ min: number; max: number; steps?: number | undefined }>;
export type Levels = readonly number[] | LevelRange;

/** What stands in every grammar: `T` are the plain values, `D` what takes one draw, `L` a list. */
type Common<T, D, L, S extends Side> =
  Constant<T> | Choice<T> | Permutation<L> | Grid<L, S> | Spread<D>;

type NumberDrawOf<S extends Side> = S extends 'input' ? NumberDrawInput : NumberDraw;
type RisingDrawOf<S extends Side> = S extends 'input' ? RisingDrawInput : RisingDraw;
type NumberOf<S extends Side> =
  | number
  | Mixture<NumberOf<S>>
  | Condition<NumberOf<S>>
  | Staged<NumberOf<S>>
  | Ramp<number | RisingDrawOf<S>>
  | ExpressionOf
  | Common<number, NumberDrawOf<S>, Levels, S>
  | NumberDrawOf<S>
  | ScaledReference<S>;
export type NumberValue = NumberOf<'output'>;
export type NumberValueInput = NumberOf<'input'>;

export type IntegerRange = Readonly<{ kind: 'integer'; min: number; max: number }>;
type IntegerOf<S extends Side> =
  | number
  | Mixture<IntegerOf<S>>
  | Condition<IntegerOf<S>>
  | Staged<IntegerOf<S>>
  | Ramp<number | IntegerRange>
  | ExpressionOf
  | Common<number, IntegerRange | Choice<number>, Levels, S>
  | IntegerRange
  | Reference;
export type IntegerValue = IntegerOf<'output'>;
export type IntegerValueInput = IntegerOf<'input'>;

type ColorOf<S extends Side> =
  | string
  | Mixture<ColorOf<S>>
  | Condition<ColorOf<S>>
  | Staged<ColorOf<S>>
  | Common<string, Choice<string>, readonly string[], S>
  | (Readonly<{ kind: 'hsv'; hueDegrees: NumberOf<S> }> &
      Defaulted<S, { saturation: NumberOf<S>; value: NumberOf<S> }>)
  | (Readonly<{
      kind: 'oklch';
      lightness: NumberOf<S>;
      chroma: NumberOf<S>;
      hueDegrees: NumberOf<S>;
    }> &
      Defaulted<S, { outOfGamut: 'error' | 'reduce-chroma' }>)
  | Readonly<{ kind: 'temperature'; kelvin: NumberOf<S> }>
  | Reference;
export type ColorValue = ColorOf<'output'>;
export type ColorValueInput = ColorOf<'input'>;

/** Points spread evenly over a round shape about `center`. */
type RoundOf<S extends Side> =
  | (Readonly<{ kind: 'sphere' | 'ball' }> & Defaulted<S, { radius: NumberOf<S>; center: Vector }>)
  | (Readonly<{ kind: 'hemisphere' | 'disc' }> &
      Defaulted<S, { radius: NumberOf<S>; center: Vector; axis: Vector }>);
export type RoundValue = RoundOf<'output'>;

type Vec3Of<S extends Side> =
  | [NumberOf<S>, NumberOf<S>, NumberOf<S>]
  | Mixture<Vec3Of<S>>
  | Condition<Vec3Of<S>>
  | Staged<Vec3Of<S>>
  | Common<Vector, Choice<Vector>, readonly Vector[], S>
  | RoundOf<S>
  | Reference;
export type Vec3Value = Vec3Of<'output'>;
export type Vec3ValueInput = Vec3Of<'input'>;

/** Every rotation alike. */
export type EvenRotation = Readonly<{ kind: 'so3' }>;
/** Turns about x, y, z in degrees, or a unit quaternion [w, x, y, z]. */
export type PlainRotation = Vector | Quaternion;
type RotationOf<S extends Side> =
  | [NumberOf<S>, NumberOf<S>, NumberOf<S>]
  | Mixture<RotationOf<S>>
  | Condition<RotationOf<S>>
  | Staged<RotationOf<S>>
  | Common<PlainRotation, Choice<PlainRotation>, readonly PlainRotation[], S>
  | EvenRotation
  | Reference;
export type RotationValue = RotationOf<'output'>;
export type RotationValueInput = RotationOf<'input'>;

type StringOf<S extends Side> =
  | string
  | Mixture<StringOf<S>>
  | Condition<StringOf<S>>
  | Staged<StringOf<S>>
  | Common<string, Choice<string>, readonly string[], S>
  | Reference;
export type StringValue = StringOf<'output'>;
export type StringValueInput = StringOf<'input'>;

export type Chance = Readonly<{ kind: 'chance'; probability: number }>;
type FlagOf<S extends Side> =
  | boolean
  | Mixture<FlagOf<S>>
  | Condition<FlagOf<S>>
  | Staged<FlagOf<S>>
  | ExpressionOf
  | Common<boolean, Chance | Choice<boolean>, readonly boolean[], S>
  | Chance
  | Reference;
export type FlagValue = FlagOf<'output'>;
export type FlagValueInput = FlagOf<'input'>;

/** What a variable may be when it has been drawn. */
export type PlainValue = boolean | number | string | Vector | Quaternion;
/** One draw of any type. The choice is that of any plain values. */
type VariableDrawOf<S extends Side> =
  Exclude<NumberDrawOf<S>, { kind: 'choice' }> | IntegerRange | Chance | Choice<PlainValue>;
type VariableOf<S extends Side> =
  | boolean
  | number
  | string
  | [NumberOf<S>, NumberOf<S>, NumberOf<S>]
  | Mixture<VariableOf<S>>
  | Condition<VariableOf<S>>
  | Staged<VariableOf<S>>
  | Ramp<number | RisingDrawOf<S>>
  | ExpressionOf
  | Common<PlainValue, VariableDrawOf<S>, readonly PlainValue[] | LevelRange, S>
  | VariableDrawOf<S>
  | RoundOf<S>
  | EvenRotation
  | ScaledReference<S>;
export type VariableValue = VariableOf<'output'>;
export type VariableValueInput = VariableOf<'input'>;

/** The members of a grammar that only decide which of its values is drawn. */
export type Branching<V> = Mixture<V> | Condition<V> | Staged<V>;

/** Any schema of a grammar. */
export type ValueSchema<Output, Input> = z.ZodType<Output, Input>;
