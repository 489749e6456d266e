import type {
  Branching,
  ColorValue,
  FlagValue,
  Grid,
  IntegerRange,
  IntegerValue,
  LevelRange,
  NumberValue,
  Permutation,
  PlainRotation,
  Ramp,
  RotationValue,
  RoundValue,
  Spread,
  StringValue,
  VariableValue,
  Vec3Value,
} from '../config/value-types.ts';
import type { RisingDraw } from '../config/number-draws.ts';
import { evaluateExpression } from '../config/evaluate-expression.ts';
import { ExpressionError } from '../config/parse-expression.ts';
import { parsedExpression } from '../config/parsed-expression.ts';
import { linearFromHex, linearFromHsv, linearFromKelvin } from '../core/color.ts';
import { SamplingError } from '../core/errors.ts';
import type { LinearRgb, Quat, Vec3 } from '../core/geometry.ts';
import { quaternionFrom, rotationAt } from '../core/rotation.ts';
import { ChanceSource } from './chance-source.ts';
import { colorFromOklch } from './color-from-oklch.ts';
import { chooseAt } from './draw-number.ts';
import { drawOne, type SingleDraw } from './draw-one.ts';
import { levelAt } from './levels.ts';
import { requireRange } from './require-range.ts';
import { pointInRound } from './round-points.ts';
import { inStage, rampAt, scheduleName } from './schedule.ts';
import type { DrawnValue, ScheduleSample } from './scene-sample.ts';

/** What is left of a grammar when it is settled which of its values is drawn. */
type Settled<V> = Exclude<V, Branching<unknown>>;
/** Distributions of any type, without references and without what is made of parts. */
type Drawable =
  | SingleDraw
  | Permutation<readonly DrawnValue[] | LevelRange>
  | Grid<readonly DrawnValue[] | LevelRange>
  | Spread<SingleDraw>;

/** A value that was drawn, and the value or distribution that the config states for it. */
export type DrawReport = Readonly<{ path: string; stated: unknown; value: DrawnValue }>;

export type SamplerOptions = Readonly<{
  /** Counts what is drawn anew, for what goes over the frames in an order: of a sequence, its number. */
  index?: number | undefined;
  /** Which attempt at the frame this is, from 0. */
  retry?: number | undefined;
  /** Where the frame stands in the schedule. */
  schedule?: ScheduleSample | undefined;
  /** Told of each value that is drawn, or that a mixture or condition came to. */
  onDraw?: ((report: DrawReport) => void) | undefined;
}>;

/**
 * Draws the values of one frame. Each draw takes its number from the stream of its own parameter path
 * (inverse distribution functions throughout), so that no draw moves another.
 */
export class Sampler {
  readonly draws: Record<string, DrawnValue> = {};
  readonly rejections: Record<string, number> = {};
  readonly vars: Record<string, DrawnValue> = {};
  readonly #source: ChanceSource;
  readonly #schedule: ScheduleSample;
  readonly #onDraw: SamplerOptions['onDraw'];

  /** @param frame The frame whose streams are drawn from: of a sequence, its first. */
  constructor(
    readonly seed: string,
    readonly frame: number,
    { index = frame, retry = 0, schedule = { progress: 0 }, onDraw }: SamplerOptions = {},
  ) {
    this.#source = new ChanceSource({ seed, frame, index, retry });
    this.#schedule = schedule;
    this.#onDraw = onDraw;
  }

  /** The goal that the frame pursues; undefined where it has none. */
  get goal(): string | undefined {
    return this.#schedule.goal;
  }

  /** The uniform number in [0, 1) of a parameter path; `attempt` counts rejected draws. */
  uniform(path: string, attempt = 0): number {
    return this.#source.uniform(path, attempt);
  }

  /** Draws `vars:` in order; later ones may refer to earlier ones. */
  drawVars(vars: Readonly<Record<string, VariableValue>>): void {
    for (const [name, value] of Object.entries(vars)) {
      this.vars[name] = this.#variable(value, `vars.${name}`);
    }
  }

  number(stated: NumberValue, path: string, attempt = 0): number {
    if (typeof stated === 'number') return stated;
    if (stated.kind === 'constant') return stated.value;
    if (stated.kind === 'var') return this.#scaledVar(stated, path);
    const { value, path: at } = this.#settle<NumberValue>(stated, path, attempt);
    return this.#record(path, this.#number(value, at, attempt), stated);
  }

  integer(stated: IntegerValue, path: string, attempt = 0): number {
    if (typeof stated === 'number') return stated;
    if (stated.kind === 'constant') return stated.value;
    if (stated.kind === 'var') return this.#integerVar(stated.name, path);
    const { value, path: at } = this.#settle<IntegerValue>(stated, path, attempt);
    return this.#record(path, this.#integer(value, at, attempt), stated);
  }

  /** Linear RGB. */
  color(stated: ColorValue, statedPath: string): LinearRgb {
    const { value, path } = this.#settle(stated, statedPath);
    if (typeof value === 'string') return linearFromHex(this.#tell(statedPath, value, stated));
    switch (value.kind) {
      case 'constant':
        return linearFromHex(value.value);
      case 'var':
        return linearFromHex(String(this.#variableOf(value.name, path, 'string')));
      case 'hsv':
        return linearFromHsv(
          this.number(value.hueDegrees, `${path}.hueDegrees`),
          this.#within(value.saturation, `${path}.saturation`, [0, 1]),
          this.#within(value.value, `${path}.value`, [0, 1]),
        );
      case 'oklch': {
        const lightness = this.#within(value.lightness, `${path}.lightness`, [0, 1]);
        const chroma = this.#within(value.chroma, `${path}.chroma`, [0, 0.5]);
        const hueDegrees = this.number(value.hueDegrees, `${path}.hueDegrees`);
        return colorFromOklch({ lightness, chroma, hueDegrees }, value.outOfGamut, path);
      }
      case 'temperature':
        return linearFromKelvin(this.#within(value.kelvin, `${path}.kelvin`, [1667, 25000]));
      default:
        return linearFromHex(this.#record(statedPath, this.#draw<string>(value, path), stated));
    }
  }

  vec3(stated: Vec3Value, statedPath: string, attempt = 0): Vec3 {
    const { value, path } = this.#settle(stated, statedPath, attempt);
    if (!('kind' in value)) {
      return [
        this.number(value[0], `${path}[0]`, attempt),
        this.number(value[1], `${path}[1]`, attempt),
        this.number(value[2], `${path}[2]`, attempt),
      ];
    }
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return this.#variableOf(value.name, path, 'object') as Vec3;
      case 'sphere':
      case 'hemisphere':
      case 'ball':
      case 'disc':
        return this.#record(statedPath, this.#round(value, path, attempt), stated);
      default:
        return this.#record(statedPath, this.#draw<Vec3>(value, path, attempt), stated);
    }
  }

  /** Unit quaternion [w, x, y, z]. */
  rotation(stated: RotationValue, statedPath: string, attempt = 0): Quat {
    const { value, path } = this.#settle(stated, statedPath, attempt);
    if (!('kind' in value)) return quaternionFrom(this.vec3(value, path, attempt));
    switch (value.kind) {
      case 'constant':
        return quaternionFrom(value.value);
      case 'var':
        return quaternionFrom(this.#variableOf(value.name, path, 'object') as PlainRotation);
      case 'so3':
        return this.#record(statedPath, this.#evenRotation(path, attempt), stated);
      default: {
        const drawn = this.#draw<Vec3 | Quat>(value, path, attempt);
        return quaternionFrom(this.#record(statedPath, drawn, stated));
      }
    }
  }

  string(stated: StringValue, statedPath: string): string {
    const { value, path } = this.#settle(stated, statedPath);
    if (typeof value === 'string') return this.#tell(statedPath, value, stated);
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return String(this.#variableOf(value.name, path, 'string'));
      default:
        return this.#record(statedPath, this.#draw<string>(value, path), stated);
    }
  }

  flag(stated: FlagValue, statedPath: string): boolean {
    const { value, path } = this.#settle(stated, statedPath);
    if (typeof value === 'boolean') return this.#tell(statedPath, value, stated);
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return this.#variableOf(value.name, path, 'boolean') === true;
      case 'expression':
        return this.#record(statedPath, this.#evaluate(value.of, path) === true, stated);
      default:
        return this.#record(statedPath, this.#draw<boolean>(value, path), stated);
    }
  }

  /** One of the items by weight, recorded under its name. */
  pick<T>(
    items: readonly T[],
    path: string,
    describe: Readonly<{ weight: (item: T) => number; name: (item: T) => string }>,
  ): T {
    const choice = { values: items, weights: items.map(describe.weight) };
    const item = chooseAt(choice, this.uniform(path), path);
    const values = items.map(describe.name);
    this.#record(path, describe.name(item), { kind: 'choice', values, weights: choice.weights });
    return item;
  }

  /** Notes that an attempt at this path was rejected. */
  reject(path: string): void {
    this.rejections[path] = (this.rejections[path] ?? 0) + 1;
  }

  #within(value: NumberValue, path: string, range: readonly [number, number]): number {
    return requireRange(this.number(value, path), path, range);
  }

  #record<T extends DrawnValue>(path: string, value: T, stated: unknown): T {
    this.draws[path] = value;
    this.#onDraw?.({ path, stated, value });
    return value;
  }

  /** Tells of a plain value, which needs no record, where something had to be settled to come to it. */
  #tell<T extends DrawnValue>(path: string, value: T, stated: unknown): T {
    if (asBranching(stated) !== null) this.#onDraw?.({ path, stated, value });
    return value;
  }

  /** Follows what decides between values, down to one that is drawn; its path is that of its draw. */
  #settle<V>(stated: V, path: string, attempt = 0): Readonly<{ value: Settled<V>; path: string }> {
    const branching = asBranching<V>(stated);
    if (branching === null) return { value: stated as Settled<V>, path };
    if (branching.kind === 'if') {
      const side = this.#evaluate(branching.when, `${path}.when`) === true ? 'then' : 'else';
      return this.#settle(branching[side], `${path}.${side}`, attempt);
    }
    if (branching.kind === 'stage')
      return this.#settle(inStage(branching, this.#schedule, path), path, attempt);
    const indices = branching.of.map((_, index) => index);
    const choice = { values: indices, weights: branching.weights };
    const index = chooseAt(choice, this.uniform(path, attempt), path);
    return this.#settle(branching.of[index] as V, `${path}.of[${index}]`, attempt);
  }

  #number(value: Settled<NumberValue>, path: string, attempt: number): number {
    if (typeof value === 'number') return value;
    if (value.kind === 'constant') return value.value;
    if (value.kind === 'var') return this.#scaledVar(value, path);
    if (value.kind === 'expression') return this.#evaluateNumber(value.of, path);
    if (value.kind === 'ramp') return this.#ramp(value, path, attempt);
    return this.#draw<number>(value, path, attempt);
  }

  #integer(value: Settled<IntegerValue>, path: string, attempt: number): number {
    if (typeof value === 'number') return value;
    if (value.kind === 'constant') return value.value;
    if (value.kind === 'var') return this.#integerVar(value.name, path);
    if (value.kind === 'ramp') return Math.round(this.#ramp(value, path, attempt));
    if (value.kind !== 'expression') return this.#draw<number>(value, path, attempt);
    const found = this.#evaluateNumber(value.of, path);
    if (Number.isInteger(found)) return found;
    throw new SamplingError(`${path}: expected a whole number from "${value.of}", got ${found}`);
  }

  #ramp(value: Ramp<number | RisingDraw | IntegerRange>, path: string, attempt = 0): number {
    const { progress } = this.#schedule;
    return rampAt(value, progress, (draw) => drawOne(draw, this.uniform(path, attempt), path));
  }

  /** `T` is what the schema of the place lets be drawn. */
  #draw<T extends DrawnValue>(value: Drawable, path: string, attempt = 0): T {
    switch (value.kind) {
      case 'permutation':
        return levelAt(value.values, this.#source.permuted(value, path)) as T;
      case 'grid':
        return levelAt(value.values, this.#source.gridded(value)) as T;
      case 'sobol':
      case 'halton':
        return drawOne(value.of, this.#source.spread(value), path) as T;
      default:
        return drawOne(value, this.uniform(path, attempt), path) as T;
    }
  }

  #round(value: RoundValue, path: string, attempt: number): Vec3 {
    const radius = requireRange(
      this.number(value.radius, `${path}.radius`, attempt),
      `${path}.radius`,
      [0, Infinity],
    );
    const u = (name: string): number => this.uniform(`${path}.${name}`, attempt);
    return pointInRound(value, radius, [u('u'), u('v'), u('w')]);
  }

  #evenRotation(path: string, attempt: number): Quat {
    const u = (name: string): number => this.uniform(`${path}.${name}`, attempt);
    return rotationAt([u('u1'), u('u2'), u('u3')]);
  }

  #variable(stated: VariableValue, statedPath: string): DrawnValue {
    const { value, path } = this.#settle(stated, statedPath);
    if (typeof value !== 'object') return this.#tell(statedPath, value, stated);
    if (!('kind' in value)) return this.vec3(value, path);
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return this.#scaledVar(value, path);
      case 'ramp':
        return this.#record(statedPath, this.#ramp(value, path), stated);
      case 'expression':
        return this.#record(statedPath, this.#evaluate(value.of, path), stated);
      case 'sphere':
      case 'hemisphere':
      case 'ball':
      case 'disc':
        return this.#record(statedPath, this.#round(value, path, 0), stated);
      case 'so3':
        return this.#record(statedPath, this.#evenRotation(path, 0), stated);
      default:
        return this.#record(statedPath, this.#draw(value, path), stated);
    }
  }

  /** @throws SamplingError that says where in the expression something cannot be reckoned. */
  #evaluate(source: string, path: string): DrawnValue {
    const lookUp = (name: string): unknown =>
      Object.hasOwn(this.vars, name) ? this.vars[name] : scheduleName(this.#schedule, name);
    try {
      return evaluateExpression(parsedExpression(source), lookUp);
    } catch (cause) {
      if (!(cause instanceof ExpressionError)) throw cause;
      throw new SamplingError(`${path}: ${cause.message} of "${source}"`, { cause });
    }
  }

  #evaluateNumber(source: string, path: string): number {
    const value = this.#evaluate(source, path);
    if (typeof value === 'number') return value;
    throw new SamplingError(
      `${path}: expected a number from "${source}", got ${JSON.stringify(value)}`,
    );
  }

  #scaledVar(
    { name, scale, offset }: Readonly<{ name: string; scale: number; offset: number }>,
    path: string,
  ): number {
    return (this.#variableOf(name, path, 'number') as number) * scale + offset;
  }

  #integerVar(name: string, path: string): number {
    const drawn = this.#variableOf(name, path, 'number') as number;
    if (Number.isInteger(drawn)) return drawn;
    throw new SamplingError(`${path}: expected a whole number from vars.${name}, got ${drawn}`);
  }

  #variableOf(
    name: string,
    path: string,
    type: 'number' | 'string' | 'boolean' | 'object',
  ): DrawnValue {
    const value = this.vars[name];
    if (value === undefined)
      throw new SamplingError(`${path}: no variable "${name}" has been drawn`);
    if (typeof value === type) return value;
    throw new SamplingError(
      `${path}: expected a ${type} from vars.${name}, got ${JSON.stringify(value)}`,
    );
  }
}

function asBranching<V>(value: unknown): Branching<V> | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  return ['mixture', 'if', 'stage'].includes(value.kind as string) ? (value as Branching<V>) : null;
}
