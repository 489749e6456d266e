import {
  faultAt,
  FINITE,
  isObject,
  list,
  object,
  oneOf,
  POSITIVE,
  type Shape,
} from './json-shape.ts';

/** Absent, or the coefficients of a lens in OpenCV's order. */
const distortionShape: Shape = (value, path) =>
  value === undefined
    ? []
    : object({
        model: oneOf('brown-conrady', 'kannala-brandt', 'equirectangular'),
        coefficients: coefficientsShape(isObject(value) ? value['model'] : undefined),
        wide: optional(oneOf(true)),
        imageCircleDegrees: optional(POSITIVE),
      })(value, path);

const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? [] : shape(value, path);

const coefficientsShape =
  (model: unknown): Shape =>
  (value, path) => {
    if (model === 'equirectangular') return list(FINITE, 0)(value, path);
    if (model === 'kannala-brandt') return list(FINITE, 4)(value, path);
    const faults = list(FINITE)(value, path);
    const isWhole = faults.length > 0 || [5, 8, 12].includes((value as readonly unknown[]).length);
    return isWhole ? faults : [faultAt(path, 'a list of 5, 8 or 12', value)];
  };

/** Intrinsics as records and samples have them. */
export const INTRINSICS = object({
  fx: POSITIVE,
  fy: POSITIVE,
  cx: FINITE,
  cy: FINITE,
  distortion: distortionShape,
});
