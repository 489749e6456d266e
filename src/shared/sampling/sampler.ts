import type {
  ColorValue,
  FlagValue,
  IntegerValue,
  NumberValue,
  StringValue,
  VariableValue,
  Vec3Value,
} from '../config/value-schemas.ts';
import { linearFromHex, linearFromHsv, linearFromKelvin } from '../core/color.ts';
import { SamplingError } from '../core/errors.ts';
import type { LinearRgb, Vec3 } from '../core/geometry.ts';
import { exp, log } from '../core/portable-math.ts';
import { streamFor } from '../core/stream.ts';
import { normalQuantile, truncatedNormalQuantile } from './normal-quantile.ts';
import { requireRange } from './require-range.ts';
import type { DrawnValue } from './scene-sample.ts';

/** u = 0 has probability 2⁻³² (Alea's resolution); half a step keeps its quantile finite. */
const HALF_STEP = 1.1641532182693481e-10;

type NumberDistribution = Exclude<NumberValue, number>;
type Choice<T> = Readonly<{ values: readonly T[]; weights?: readonly number[] | undefined }>;

/**
 * Draws the values of one frame. Each draw takes exactly one number from the stream of its own
 * parameter path (inverse distribution functions throughout), so that no draw moves another.
 */
export class Sampler {
  readonly draws: Record<string, DrawnValue> = {};
  readonly rejections: Record<string, number> = {};
  readonly vars: Record<string, DrawnValue> = {};

  constructor(
    readonly seed: string,
    readonly frame: number,
  ) {}

  /** The uniform number in [0, 1) of a parameter path; `attempt` counts rejected draws. */
  uniform(path: string, attempt = 0): number {
    return streamFor({ seed: this.seed, frame: this.frame, path, attempt })();
  }

  /** Draws `vars:` in order; later ones may refer to earlier ones. */
  drawVars(vars: Readonly<Record<string, VariableValue>>): void {
    for (const [name, value] of Object.entries(vars)) {
      this.vars[name] = this.#variable(value, `vars.${name}`);
    }
  }

  number(value: NumberValue, path: string, attempt = 0): number {
    if (typeof value === 'number') return value;
    if (value.kind === 'constant') return value.value;
    if (value.kind === 'var') return this.#numberVar(value.name, path) * value.scale + value.offset;
    if (value.kind === 'choice') return this.#record(path, this.#choose(value, path, attempt));
    return this.#record(path, drawNumber(value, this.uniform(path, attempt)));
  }

  integer(value: IntegerValue, path: string): number {
    if (typeof value === 'number') return value;
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var': {
        const drawn = this.#numberVar(value.name, path);
        if (Number.isInteger(drawn)) return drawn;
        throw new SamplingError(
          `${path}: expected a whole number from vars.${value.name}, got ${drawn}`,
        );
      }
      case 'choice':
        return this.#record(path, this.#choose(value, path));
      case 'integer':
        return this.#record(
          path,
          value.min + Math.floor(this.uniform(path) * (value.max - value.min + 1)),
        );
    }
  }

  /** Linear RGB. */
  color(value: ColorValue, path: string): LinearRgb {
    if (typeof value === 'string') return linearFromHex(value);
    switch (value.kind) {
      case 'constant':
        return linearFromHex(value.value);
      case 'var':
        return linearFromHex(String(this.#variableOf(value.name, path, 'string')));
      case 'choice':
        return linearFromHex(this.#record(path, this.#choose(value, path)));
      case 'hsv':
        return linearFromHsv(
          this.number(value.hueDegrees, `${path}.hueDegrees`),
          this.#within(value.saturation, `${path}.saturation`, [0, 1]),
          this.#within(value.value, `${path}.value`, [0, 1]),
        );
      case 'temperature':
        return linearFromKelvin(this.#within(value.kelvin, `${path}.kelvin`, [1667, 25000]));
    }
  }

  vec3(value: Vec3Value, path: string, attempt = 0): Vec3 {
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
      case 'choice':
        return this.#record(path, this.#choose(value, path));
    }
  }

  string(value: StringValue, path: string): string {
    if (typeof value === 'string') return value;
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return String(this.#variableOf(value.name, path, 'string'));
      case 'choice':
        return this.#record(path, this.#choose(value, path));
    }
  }

  flag(value: FlagValue, path: string): boolean {
    if (typeof value === 'boolean') return value;
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'var':
        return this.#variableOf(value.name, path, 'boolean') === true;
      case 'choice':
        return this.#record(path, this.#choose(value, path));
      case 'chance':
        return this.#record(path, this.uniform(path) < value.probability);
    }
  }

  /** One of the items by weight, recorded under its name. */
  pick<T>(
    items: readonly T[],
    path: string,
    describe: Readonly<{ weight: (item: T) => number; name: (item: T) => string }>,
  ): T {
    const item = this.#choose({ values: items, weights: items.map(describe.weight) }, path);
    this.#record(path, describe.name(item));
    return item;
  }

  /** Notes that an attempt at this path was rejected. */
  reject(path: string): void {
    this.rejections[path] = (this.rejections[path] ?? 0) + 1;
  }

  #within(value: NumberValue, path: string, range: readonly [number, number]): number {
    return requireRange(this.number(value, path), path, range);
  }

  #record<T extends DrawnValue>(path: string, value: T): T {
    this.draws[path] = value;
    return value;
  }

  #choose<T>({ values, weights }: Choice<T>, path: string, attempt = 0): T {
    const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? values.length;
    let rest = this.uniform(path, attempt) * total;
    let last: T | undefined;
    for (const [index, value] of values.entries()) {
      const weight = weights?.[index] ?? 1;
      if (weight <= 0) continue;
      last = value;
      rest -= weight;
      if (rest < 0) return value;
    }
    if (last === undefined)
      throw new SamplingError(`${path}: nothing to choose from: every weight is 0`);
    return last;
  }

  #variable(value: VariableValue, path: string): DrawnValue {
    if (typeof value !== 'object') return value;
    if (!('kind' in value)) return this.vec3(value, path);
    switch (value.kind) {
      case 'constant':
        return value.value;
      case 'choice':
        return this.#record(path, this.#choose<DrawnValue>(value, path));
      case 'chance':
        return this.flag(value, path);
      case 'integer':
        return this.integer(value, path);
      default:
        return this.number(value, path);
    }
  }

  #numberVar(name: string, path: string): number {
    return this.#variableOf(name, path, 'number') as number;
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

/** The value of a continuous distribution at the quantile u in [0, 1); rounding never leaves its range. */
function drawNumber(
  distribution: Exclude<NumberDistribution, { kind: 'constant' | 'var' | 'choice' }>,
  u: number,
): number {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.min + u * (distribution.max - distribution.min);
    case 'log-uniform': {
      const { min, max } = distribution;
      const low = log(min);
      return Math.min(max, Math.max(min, exp(low + u * (log(max) - low))));
    }
    case 'normal': {
      const { mean, std, min = -Infinity, max = Infinity } = distribution;
      const p = Math.max(u, HALF_STEP);
      if (std === 0) return mean;
      if (min === -Infinity && max === Infinity) return mean + std * normalQuantile(p);
      const quantile = truncatedNormalQuantile(p, (min - mean) / std, (max - mean) / std);
      return Math.min(max, Math.max(min, mean + std * quantile));
    }
  }
}
