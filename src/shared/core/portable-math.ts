/**
 * Elementary functions made of +, −, ×, ÷ and √ alone, which IEEE 754 fixes to the last bit.
 *
 * `Math.sin`, `exp`, `log` and their kin are *not* fixed by ECMAScript: Node 20 and Chromium 156 differ
 * in the last bit of sin for 3 % of arguments and of exp for 13 %. Frames that are sampled in Node and
 * in the page must be equal, so sampling and planning use these. Errors stay below 1e-15 relative
 * (absolute near zeros of sin, cos and tan; `pow` says its own) over the ranges that scenes use;
 * test/unit/shared/core compares them with Math. The sign of zero is not kept.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** π/2 in three parts whose products with small integers are exact (Cody and Waite, 1980). */
const HALF_PI_1 = 1.57079632673412561417;
const HALF_PI_2 = 6.0771005063039659766e-11;
const HALF_PI_3 = 2.02226624879595063154e-21;

export const TAU = 6.283185307179586;
export const DEGREE = 0.017453292519943295;

/** Taylor series in x², Horner from the last term; |x| ≤ π/4 makes ten terms exceed double precision. */
function evenOddSeries(x2: number, first: number): number {
  let sum = 1;
  for (let term = first + 18; term >= first; term -= 2) sum = 1 - (x2 / (term * (term + 1))) * sum;
  return sum;
}

const sinKernel = (x: number): number => x * evenOddSeries(x * x, 2);
const cosKernel = (x: number): number => evenOddSeries(x * x, 1);

function reduceQuarter(x: number): { rest: number; quadrant: number } {
  if (!Number.isFinite(x) || Math.abs(x) > 1e6) {
    throw new RangeError(`expected an angle within ±1e6 rad, got ${x}`);
  }
  const turns = Math.round(x / 1.5707963267948966);
  const rest = x - turns * HALF_PI_1 - turns * HALF_PI_2 - turns * HALF_PI_3;
  return { rest, quadrant: ((turns % 4) + 4) % 4 };
}

/** Sine of x in radians, |x| ≤ 1e6. */
export function sin(x: number): number {
  const { rest, quadrant } = reduceQuarter(x);
  const value = quadrant % 2 === 0 ? sinKernel(rest) : cosKernel(rest);
  return quadrant < 2 ? value : -value;
}

/** Cosine of x in radians, |x| ≤ 1e6. */
export function cos(x: number): number {
  const { rest, quadrant } = reduceQuarter(x);
  const value = quadrant % 2 === 0 ? cosKernel(rest) : sinKernel(rest);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/** Tangent of x in radians. */
export const tan = (x: number): number => sin(x) / cos(x);

/** Inverse tangent, −π/2..π/2: three halvings of the angle, then the Gregory series. */
export function atan(x: number): number {
  if (x < 0) return -atan(-x);
  if (x > 1) return 1.5707963267948966 - atan(1 / x);
  let t = x;
  for (let i = 0; i < 3; i++) t = t / (1 + Math.sqrt(1 + t * t));
  const t2 = t * t;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n - t2 * sum;
  return 8 * t * sum;
}

/** Angle of the point (x, y) of finite coordinates, −π..π, as `Math.atan2`; 0 for the origin. */
export function atan2(y: number, x: number): number {
  if (x > 0) return atan(y / x);
  if (x < 0) return y >= 0 ? atan(y / x) + Math.PI : atan(y / x) - Math.PI;
  return y > 0 ? 1.5707963267948966 : y < 0 ? -1.5707963267948966 : 0;
}

/** Inverse cosine of x in −1..1, 0..π. */
export const acos = (x: number): number => atan2(Math.sqrt((1 - x) * (1 + x)), x);

/** Exponential; Infinity above 709 and 0 below −708, a little inside of where `Math.exp` gets there. */
export function exp(x: number): number {
  if (x > 709) return Infinity;
  if (x < -708) return 0;
  const k = Math.round(x / 0.6931471805599453);
  const rest = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (rest / n) * sum;
  return scaleByPowerOfTwo(sum, k);
}

/** Natural logarithm of x > 0; −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (x < 0 || Number.isNaN(x)) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  let mantissa = x;
  let exponent = 0;
  while (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 0.7071067811865476) {
    mantissa *= 2;
    exponent--;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const s2 = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n + s2 * sum;
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW);
}

/** x to the power y for finite x ≥ 0. Relative error below 1e-15 · (1 + |y ln x| / 4). */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

function scaleByPowerOfTwo(x: number, k: number): number {
  let result = x;
  for (let i = k; i > 0; i--) result *= 2;
  for (let i = k; i < 0; i++) result /= 2;
  return result;
}
