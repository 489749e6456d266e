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
        model: oneOf('brown-conrady', 'kannala-brandt'),
        coefficients: coefficientsShape(isObject(value) && value['model'] === 'kannala-brandt'),
      })(value, path);

const coefficientsShape =
  (fisheye: boolean): Shape =>
  (value, path) => {
    if (fisheye) return list(FINITE, 4)(value, path);
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
