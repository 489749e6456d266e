import { dirname, resolve } from 'node:path';
import { completeIssue } from '#shared/config/complete-issue';
import {
  childAt,
  type LocatedEntry,
  type LocatedMapping,
  type LocatedValue,
  originAt,
} from '#shared/config/located-value';
import { empiricalFile, histogramFile } from '#shared/config/measured-schemas';
import { formatPath, type PathSegment } from '#shared/config/parameter-path';
import { validate } from '#shared/config/validate';
import { ConfigError, type ConfigIssue } from '#shared/core/errors';
import { type Measured, readMeasured } from './read-measured.ts';

type Kind = 'empirical' | 'histogram';

/**
 * Puts the values of a file in the place of each `empirical` or `histogram` that names one, so that nothing
 * after the loader needs the file. The values count as stated where the file is named.
 *
 * @param files Absolute path of each config file, by the name that origins carry.
 * @returns the document, and the files that were read, absolute.
 * @throws ConfigError with every problem: in the config, or in a file with its line and column.
 */
export async function inlineMeasured(
  document: LocatedValue,
  files: ReadonlyMap<string, string>,
): Promise<Readonly<{ document: LocatedValue; files: readonly string[] }>> {
  const issues: ConfigIssue[] = [];
  const read = new Set<string>();
  const walk = async (value: LocatedValue, path: readonly PathSegment[]): Promise<LocatedValue> => {
    if (value.type === 'scalar') return value;
    if (value.type === 'list') {
      const items: LocatedValue[] = [];
      for (const [index, item] of value.items.entries())
        items.push(await walk(item, [...path, index]));
      return { ...value, items };
    }
    const kind = kindOf(value);
    if (kind !== null) {
      try {
        const { value: inlined, file } = await inlineOne(value, { kind, path, files });
        read.add(file);
        return inlined;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        issues.push(...error.issues);
        return value;
      }
    }
    const entries = new Map<string, LocatedEntry>();
    for (const [key, entry] of value.entries)
      entries.set(key, { ...entry, value: await walk(entry.value, [...path, key]) });
    return { ...value, entries };
  };
  const result = await walk(document, []);
  if (issues.length > 0) throw new ConfigError(issues);
  return { document: result, files: [...read] };
}

function kindOf(value: LocatedMapping): Kind | null {
  const kind = childAt(value, 'kind');
  if (kind?.type !== 'scalar' || !value.entries.has('file')) return null;
  return kind.value === 'empirical' || kind.value === 'histogram' ? kind.value : null;
}

type Place = Readonly<{
  kind: Kind;
  path: readonly PathSegment[];
  files: ReadonlyMap<string, string>;
}>;

async function inlineOne(
  value: LocatedMapping,
  { kind, path, files }: Place,
): Promise<Readonly<{ value: LocatedValue; file: string }>> {
  const spec = placeIssues(path, () =>
    kind === 'empirical' ? validate(empiricalFile, value) : validate(histogramFile, value),
  );
  const origin = originAt(value, ['file']);
  const base = files.get(origin.source);
  const file = resolve(base === undefined ? '.' : dirname(base), spec.file);
  const requester = { origin, parameter: formatPath([...path, 'file']) };
  const found = await readMeasured(file, spec, requester);
  const [first] = found.values;
  if (spec.kind === 'histogram' && found.values.every((each) => each === first)) {
    const message = `expected values that differ, to be counted in bins, found ${first} alone`;
    const issue = {
      ...origin,
      path: requester.parameter,
      message,
      suggestion: 'Use kind: empirical.',
    };
    throw new ConfigError([completeIssue(issue)]);
  }
  const plain =
    spec.kind === 'histogram' ? histogramOf(found, spec.bins) : empiricalOf(found, spec);
  return { file, value: locateAll(plain, value) };
}

/** The problems of a value that stands inside of a document carry the path from its root. */
function placeIssues<T>(path: readonly PathSegment[], check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const root = formatPath(path);
    throw new ConfigError(
      error.issues.map((issue) => ({
        ...issue,
        path: [root, issue.path].filter((part) => part !== '').join('.'),
      })),
    );
  }
}

type Plain = Readonly<Record<string, string | readonly number[]>>;

function empiricalOf(
  { values, weights }: Measured,
  { interpolation }: Readonly<{ interpolation?: string | undefined }>,
): Plain {
  return {
    kind: 'empirical',
    values,
    ...(weights && { weights }),
    ...(interpolation && { interpolation }),
  };
}

/** Counts (or sums of weights) in `bins` bins of equal width; the greatest value falls into the last. */
export function histogramOf({ values, weights }: Measured, bins: number): Plain {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  const width = (max - min) / bins;
  const sums = Array.from({ length: bins }, () => 0);
  for (const [index, value] of values.entries()) {
    const bin = Math.min(bins - 1, Math.floor((value - min) / width));
    sums[bin] = (sums[bin] ?? 0) + (weights?.[index] ?? 1);
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : min + i * width));
  return { kind: 'histogram', edges, weights: sums };
}

function locateAll(plain: Plain, { origin, entries }: LocatedMapping): LocatedMapping {
  const stated = entries.get('file') ?? { key: origin, value: { origin } };
  const at = stated.value.origin;
  const scalar = (value: string | number): LocatedValue => ({ type: 'scalar', value, origin: at });
  const located = Object.entries(plain).map(([key, value]): [string, LocatedEntry] => [
    key,
    {
      key: at,
      value:
        typeof value === 'string'
          ? scalar(value)
          : { type: 'list', items: value.map(scalar), origin: at },
    },
  ]);
  return { type: 'mapping', entries: new Map(located), origin };
}
