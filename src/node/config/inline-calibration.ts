import { dirname, resolve } from 'node:path';
import {
  childAt,
  type LocatedMapping,
  type LocatedValue,
  originAt,
  valueAt,
} from '#shared/config/located-value';
import { calibrationLens } from '#shared/config/lens-schema';
import { formatPath } from '#shared/config/parameter-path';
import { parseCalibration, type Calibration } from '#shared/config/parse-calibration';
import { COEFFICIENTS } from '#shared/config/stated-intrinsics';
import { validate } from '#shared/config/validate';
import { ConfigError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import { displayPath, readTextFile } from './read-text-file.ts';

/** A document without calibration files, those that were read, and what they ask of the image. */
export type Calibrated = Readonly<{
  document: LocatedValue;
  files: readonly string[];
  /** @throws ConfigError where the image is not as large as one that was calibrated. */
  requireSize: (image: Size) => void;
}>;

/**
 * Puts intrinsics and distortion in the place of each lens of `kind: calibration`, of the camera and of views of
 * its rig, so that nothing after the loader needs the files. They count as stated where the file is named.
 * @param files Absolute path of each config file, by the name that origins carry.
 * @throws ConfigError with what is wrong in the config, or in a file with its line and column.
 */
export async function inlineCalibration(
  document: LocatedValue,
  files: ReadonlyMap<string, string>,
): Promise<Calibrated> {
  const read: OneCalibrated[] = [];
  let whole = document;
  for (const path of lensPaths(document)) {
    const one = await inlineOne(whole, path, files);
    if (one === null) continue;
    whole = one.document;
    read.push(one);
  }
  return {
    document: whole,
    files: read.map(({ file }) => file),
    requireSize: (image) => {
      for (const { requireSize } of read) requireSize(image);
    },
  };
}

/** Where a config may state a lens. */
function lensPaths(document: LocatedValue): readonly (readonly string[])[] {
  const views = valueAt(document, ['camera', 'rig', 'views']);
  const names = views?.type === 'mapping' ? [...views.entries.keys()] : [];
  return [['camera', 'lens'], ...names.map((name) => ['camera', 'rig', 'views', name, 'lens'])];
}

type OneCalibrated = Readonly<{
  document: LocatedValue;
  file: string;
  requireSize: (image: Size) => void;
}>;

/** Null where there is no calibration at the path. */
async function inlineOne(
  document: LocatedValue,
  path: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<OneCalibrated | null> {
  const lens = valueAt(document, path);
  const kind = lens && childAt(lens, 'kind');
  if (lens?.type !== 'mapping' || kind?.type !== 'scalar' || kind.value !== 'calibration')
    return null;
  const spec = validate(calibrationLens, lens);
  const origin = originAt(lens, ['file']);
  const base = files.get(origin.source);
  const file = resolve(base === undefined ? '.' : dirname(base), spec.file);
  const requester = { origin, parameter: formatPath([...path, 'file']) };
  const text = await readTextFile(file, 'calibration', requester);
  const calibration = parseCalibration(text, displayPath(file));
  const { size } = calibration;
  return {
    document: replaceAt(document, path, lensOf(calibration, lens)),
    file,
    requireSize: (image) => {
      if (size === null || (size.width === image.width && size.height === image.height)) return;
      const message = `expected an image of ${size.width}×${size.height}, as ${displayPath(file)} was calibrated for, found ${image.width}×${image.height}`;
      throw new ConfigError([{ ...origin, path: 'image', message }]);
    },
  };
}

function lensOf(
  { fx, fy, cx, cy, model, coefficients }: Calibration,
  lens: LocatedMapping,
): LocatedValue {
  const at = originAt(lens, ['file']);
  const mapping = (
    values: Readonly<Record<string, string | number | LocatedValue>>,
  ): LocatedMapping => ({
    type: 'mapping',
    origin: lens.origin,
    entries: new Map(
      Object.entries(values).map(([key, value]) => [
        key,
        {
          key: at,
          value: typeof value === 'object' ? value : { type: 'scalar', value, origin: at },
        },
      ]),
    ),
  });
  const { names } = COEFFICIENTS[model];
  const named = coefficients.map((value, i) => [names[i] ?? '', value] as const);
  const distortion = mapping({ kind: model, ...Object.fromEntries(named) });
  // A fisheye bends with coefficients of 0, too.
  const bends = model === 'kannala-brandt' || coefficients.some((value) => value !== 0);
  return mapping({ kind: 'intrinsics', fx, fy, cx, cy, ...(bends && { distortion }) });
}

/** The document with another value at a path that it has. */
function replaceAt(
  document: LocatedValue,
  [key, ...rest]: readonly string[],
  value: LocatedValue,
): LocatedValue {
  if (key === undefined) return value;
  const child = childAt(document, key);
  if (document.type !== 'mapping' || child === undefined) return document;
  const entries = new Map(document.entries);
  entries.set(key, { key: originAt(document, [key], 'key'), value: replaceAt(child, rest, value) });
  return { ...document, entries };
}
