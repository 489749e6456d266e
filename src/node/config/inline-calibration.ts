import { dirname, resolve } from 'node:path';
import {
  childAt,
  type LocatedMapping,
  type LocatedValue,
  originAt,
  valueAt,
} from '#shared/config/located-value';
import { calibrationLens } from '#shared/config/lens-schema';
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
  /** @throws ConfigError where the image is not as large as the one that was calibrated. */
  requireSize: (image: Size) => void;
}>;

/**
 * Puts intrinsics and distortion in the place of a camera's lens of `kind: calibration`, so that nothing after
 * the loader needs the file. They count as stated where the file is named.
 * @param files Absolute path of each config file, by the name that origins carry.
 * @throws ConfigError with what is wrong in the config, or in the file with its line and column.
 */
export async function inlineCalibration(
  document: LocatedValue,
  files: ReadonlyMap<string, string>,
): Promise<Calibrated> {
  const lens = valueAt(document, ['camera', 'lens']);
  const kind = lens && childAt(lens, 'kind');
  if (lens?.type !== 'mapping' || kind?.type !== 'scalar' || kind.value !== 'calibration')
    return { document, files: [], requireSize: () => undefined };
  const spec = validate(calibrationLens, lens);
  const origin = originAt(lens, ['file']);
  const base = files.get(origin.source);
  const file = resolve(base === undefined ? '.' : dirname(base), spec.file);
  const requester = { origin, parameter: 'camera.lens.file' };
  const text = await readTextFile(file, 'calibration', requester);
  const calibration = parseCalibration(text, displayPath(file));
  const { size } = calibration;
  return {
    document: withLens(document, lensOf(calibration, lens)),
    files: [file],
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

function withLens(document: LocatedValue, lens: LocatedValue): LocatedValue {
  const camera = valueAt(document, ['camera']);
  if (document.type !== 'mapping' || camera?.type !== 'mapping') return document;
  const replace = (parent: LocatedMapping, key: string, value: LocatedValue): LocatedMapping => {
    const entries = new Map(parent.entries);
    entries.set(key, { key: originAt(parent, [key], 'key'), value });
    return { ...parent, entries };
  };
  return replace(document, 'camera', replace(camera, 'lens', lens));
}
