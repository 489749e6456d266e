import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoFacts } from '#shared/core/asset-catalogue';
import { AssetError } from '#shared/core/errors';
import type { Vec3 } from '#shared/core/geometry';

/** Name of the file that says what a folder of assets holds. */
export const INDEX_FILE = 'assets.json';

const KINDS = ['model', 'environment', 'image', 'images', 'material', 'pbr-material'] as const;

/** One entry of `assets.json`; further fields are kept but not read. */
export type IndexEntry = Readonly<{
  id: string;
  /** A file, or for materials and `images` a folder; relative to the folder of `assets.json`, forward slashes. */
  file: string;
  /** Absent: told by the file's extension. */
  kind?: (typeof KINDS)[number] | undefined;
  license?: string | undefined;
  author?: string | undefined;
  category?: string | undefined;
  sizeMeters?: Vec3 | undefined;
  bytes?: number | undefined;
  sha256?: string | undefined;
  /** Files of a material, inside `file`. Absent: those of the folder whose names tell their role. */
  maps?: readonly string[] | undefined;
  /** Of an image: how it was taken. */
  photo?: PhotoFacts | undefined;
  /** Goes into the asset's warnings. */
  note?: string | undefined;
}>;

/**
 * Reads a folder's `assets.json`; empty where there is none.
 *
 * @throws AssetError with every fault of the file, each with its place.
 */
export async function readAssetIndex(dir: string): Promise<readonly IndexEntry[]> {
  const path = join(dir, INDEX_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new AssetError(`${path}: cannot be read: ${String(error)}`, { cause: error });
  }
  return parseAssetIndex(text, path);
}

/** Checks the text of an `assets.json`; `source` is what messages call it. */
export function parseAssetIndex(text: string, source: string): readonly IndexEntry[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new AssetError(`${source}: expected JSON: ${String(cause)}`, { cause });
  }
  if (!Array.isArray(parsed))
    throw new AssetError(`${source}: expected a list of assets, got ${kindOf(parsed)}.`);
  const faults: string[] = [];
  const ids = new Set<string>();
  parsed.forEach((entry: unknown, i) => {
    faults.push(...entryFaults(entry).map((fault) => `${source}: [${i}]${fault}`));
    const id = (entry as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') return;
    if (ids.has(id))
      faults.push(
        `${source}: [${i}].id: "${id}" is listed twice. Give each asset an id of its own.`,
      );
    ids.add(id);
  });
  if (faults.length > 0) throw new AssetError(faults.join('\n'));
  return parsed as IndexEntry[];
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isSize = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 3 &&
  value.every((v) => typeof v === 'number' && Number.isFinite(v) && v >= 0);

const FIELDS: readonly Readonly<{
  name: keyof IndexEntry;
  required?: boolean;
  valid: (value: unknown) => boolean;
  expected: string;
}>[] = [
  { name: 'id', required: true, valid: isText, expected: 'a text' },
  {
    name: 'file',
    required: true,
    valid: isInsidePath,
    expected: 'a path inside the folder, with forward slashes',
  },
  {
    name: 'kind',
    valid: (v) => KINDS.some((k) => k === v),
    expected: `one of ${KINDS.join(', ')}`,
  },
  { name: 'license', valid: isText, expected: 'a text, such as CC-BY-4.0' },
  { name: 'author', valid: isText, expected: 'a text' },
  { name: 'category', valid: isText, expected: 'a text' },
  { name: 'sizeMeters', valid: isSize, expected: 'three numbers, metres' },
  { name: 'bytes', valid: isCount, expected: 'a whole number' },
  { name: 'sha256', valid: (v) => /^[0-9a-f]{64}$/.test(String(v)), expected: '64 hex digits' },
  {
    name: 'maps',
    valid: (v) => Array.isArray(v) && v.every(isInsidePath),
    expected: 'a list of file names',
  },
  {
    name: 'photo',
    valid: isPhoto,
    expected:
      'view: { verticalDegrees 1..170, pitchDegrees −90..90 }, sun: { azimuthDegrees −360..360, elevationDegrees −90..90 }, or one of them',
  },
  { name: 'note', valid: isText, expected: 'a text' },
];

function entryFaults(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return [`: expected an object, got ${kindOf(entry)}.`];
  }
  const fields = entry as Record<string, unknown>;
  return FIELDS.flatMap(({ name, required, valid, expected }) => {
    const value = fields[name];
    if (value === undefined)
      return required ? [`.${name}: expected ${expected}, got nothing.`] : [];
    return valid(value) ? [] : [`.${name}: expected ${expected}, got ${JSON.stringify(value)}.`];
  });
}

/** A relative path that stays where it is: no `..`, no drive, no backslash, no leading slash. */
function isInsidePath(value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || /^\/|\\|^[a-z]+:|\0/i.test(value)) return false;
  return !value.split('/').includes('..');
}

const PHOTO_RANGES: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> =
  {
    view: { verticalDegrees: [1, 170], pitchDegrees: [-90, 90] },
    sun: { azimuthDegrees: [-360, 360], elevationDegrees: [-90, 90] },
  };

/** Facts of a photo: no field that is not known, none that is out of range, and of each part all fields. */
function isPhoto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([part, fields]: [string, unknown]) => {
    const ranges = Object.hasOwn(PHOTO_RANGES, part) ? PHOTO_RANGES[part] : undefined;
    if (ranges === undefined || typeof fields !== 'object' || fields === null) return false;
    const known = Object.entries(ranges).every(([name, [min, max]]) => {
      const found = (fields as Readonly<Record<string, unknown>>)[name];
      return typeof found === 'number' && found >= min && found <= max;
    });
    return known && Object.keys(fields).length === Object.keys(ranges).length;
  });
}
