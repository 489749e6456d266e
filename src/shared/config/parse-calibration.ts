import { ConfigError } from '../core/errors.ts';
import type { Distortion } from '../core/geometry.ts';
import { type LocatedValue, originAt, toPlain, valueAt } from './located-value.ts';
import { parseDocument } from './parse-document.ts';
import type { PathSegment } from './parameter-path.ts';

/** Models that have coefficients. */
type CalibratedModel = Exclude<Distortion['model'], 'equirectangular'>;

/** A camera as a calibration file describes it, in Diorama's terms: pixels from the corner of the first (labels.md §1). */
export type Calibration = Readonly<{
  fx: number;
  fy: number;
  cx: number;
  cy: number;
  /** In OpenCV's order: five, eight or twelve, and four of a fisheye. */
  model: CalibratedModel;
  coefficients: readonly number[];
  /** Of the image that was calibrated; null where the file does not say. */
  size: Readonly<{ width: number; height: number }> | null;
}>;

/** Names by which files call one thing; the first is that of OpenCV's and ROS's own tools. */
const NAMES = {
  matrix: ['camera_matrix', 'cameraMatrix', 'Camera_Matrix', 'CameraMatrix', 'K', 'k'],
  distortion: [
    'distortion_coefficients',
    'distCoeffs',
    'dist_coeffs',
    'Distortion_Coefficients',
    'DistCoeffs',
    'D',
    'd',
  ],
  width: ['image_width', 'image_Width', 'width'],
  height: ['image_height', 'image_Height', 'height'],
} as const;

/** Names of Brown and Conrady's model, whose coefficients stand in OpenCV's order. */
const MODELS = ['plumb_bob', 'rational_polynomial', 'radtan', 'none', ''];
/** And of Kannala and Brandt's. */
const FISHEYES = ['equidistant', 'fisheye', 'kannala_brandt'];
const LENGTHS = [5, 8, 12];

/**
 * Reads a calibration of OpenCV (YAML of FileStorage) or ROS (camera_info, as files and messages have it). Their
 * origin is the centre of the first pixel, so that half a pixel is added to the principal point.
 * @param source Name of the text in messages.
 * @throws ConfigError with the place of what is missing or not understood.
 */
export function parseCalibration(text: string, source: string): Calibration {
  const document = parseDocument(withoutDialect(text), source);
  refuseParts(document);
  const model = modelOf(document);
  const { values: matrix, path } = numbersAt(document, 'matrix');
  const [fx = NaN, skew, cx = NaN, , fy = NaN, cy = NaN] = matrix;
  if (matrix.length !== 9)
    fail(document, path, `expected 9 numbers of a 3×3 matrix, found ${matrix.length}`);
  if (!(fx > 0 && fy > 0) || skew !== 0 || matrix[3] !== 0 || matrix[8] !== 1)
    fail(
      document,
      path,
      `expected [fx, 0, cx, 0, fy, cy, 0, 0, 1] with fx, fy above 0, found [${matrix.join(', ')}]`,
    );
  return {
    fx,
    fy,
    cx: cx + 0.5,
    cy: cy + 0.5,
    model,
    coefficients: coefficientsOf(document, model),
    size: sizeOf(document),
  };
}

/** Blanks what is not YAML 1.2, so that the places of all else stay: OpenCV's directive and its tags. */
function withoutDialect(text: string): string {
  const blank = (found: string): string => ' '.repeat(found.length);
  return text.replace(/^\uFEFF?%YAML[^\n]*/, blank).replace(/!!opencv-[a-z-]+/g, blank);
}

function coefficientsOf(document: LocatedValue, model: CalibratedModel): readonly number[] {
  const isFisheye = model === 'kannala-brandt';
  // Without coefficients a fisheye would not be a pinhole: its own must be there.
  if (namedPath(document, 'distortion') === null && !isFisheye) return [0, 0, 0, 0, 0];
  const { values, path } = numbersAt(document, 'distortion');
  if (isFisheye) {
    if (values.length === 4) return values;
    return fail(document, path, `expected 4 coefficients of a fisheye, found ${values.length}`);
  }
  if (![0, 4, 5, 8, 12, 14].includes(values.length))
    fail(
      document,
      path,
      `expected 4, 5, 8, 12 or 14 coefficients in OpenCV's order, found ${values.length}`,
    );
  const tilt = values.slice(12);
  if (tilt.some((value) => value !== 0))
    fail(
      document,
      path,
      `expected a sensor that is not tilted (the last two of 14 are 0), found ${tilt.join(', ')}`,
    );
  const length = LENGTHS.find((count) => count >= Math.min(values.length, 12)) ?? 12;
  return Array.from({ length }, (_, i) => values[i] ?? 0);
}

function sizeOf(document: LocatedValue): Calibration['size'] {
  const [width, height] = (['width', 'height'] as const).map((name) => {
    const path = namedPath(document, name);
    if (path === null) return null;
    const value = toPlain(valueAt(document, path) ?? document);
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    return fail(
      document,
      path,
      `expected a whole number of pixels, found ${JSON.stringify(value)}`,
    );
  });
  return width && height ? { width, height } : null;
}

const plainAt = (document: LocatedValue, path: readonly PathSegment[]): unknown => {
  const found = valueAt(document, path);
  return found && toPlain(found);
};

function modelOf(document: LocatedValue): CalibratedModel {
  const stated = plainAt(document, ['distortion_model']) ?? '';
  const name = typeof stated === 'string' ? stated : JSON.stringify(stated);
  if (FISHEYES.includes(name)) return 'kannala-brandt';
  if (!MODELS.includes(name)) {
    const expected = 'expected plumb_bob, rational_polynomial or equidistant';
    fail(document, ['distortion_model'], `${expected}, found "${name}"`);
  }
  const isFisheye = Number(plainAt(document, ['fisheye_model']) ?? 0) !== 0;
  return isFisheye ? 'kannala-brandt' : 'brown-conrady';
}

/** Parts of an image, and joined pixels, have other intrinsics. */
function refuseParts(document: LocatedValue): void {
  const plain = (path: readonly PathSegment[]): unknown => plainAt(document, path);
  for (const path of [['binning_x'], ['binning_y']])
    if (Number(plain(path) ?? 0) > 1)
      fail(
        document,
        path,
        `expected pixels as the sensor has them, found ${String(plain(path))} joined`,
      );
  for (const name of ['x_offset', 'y_offset'])
    if (Number(plain(['roi', name]) ?? 0) !== 0)
      fail(
        document,
        ['roi', name],
        `expected the whole image, found a part of it from ${String(plain(['roi', name]))}`,
      );
}

function namedPath(
  document: LocatedValue,
  what: keyof typeof NAMES,
): readonly PathSegment[] | null {
  const name = NAMES[what].find((each) => valueAt(document, [each]) !== undefined);
  return name === undefined ? null : [name];
}

/** The numbers of a matrix (`rows`, `cols`, `data`) or of a list, lists in it joined. */
function numbersAt(
  document: LocatedValue,
  what: 'matrix' | 'distortion',
): Readonly<{ values: readonly number[]; path: readonly PathSegment[] }> {
  const path = namedPath(document, what);
  if (path === null)
    return fail(
      document,
      [],
      `expected ${NAMES[what][0]}, found none; also known: ${NAMES[what].slice(1).join(', ')}`,
    );
  const whole = toPlain(valueAt(document, path) ?? document);
  const isMatrix = typeof whole === 'object' && whole !== null && 'data' in whole;
  const values = [isMatrix ? whole.data : whole].flat(3) as readonly unknown[];
  const wrong = values.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
  if (wrong >= 0) fail(document, path, `expected numbers, found ${JSON.stringify(values[wrong])}`);
  return { values: values as readonly number[], path };
}

function fail(document: LocatedValue, path: readonly PathSegment[], message: string): never {
  throw new ConfigError([{ ...originAt(document, path), path: path.join('.'), message }]);
}
