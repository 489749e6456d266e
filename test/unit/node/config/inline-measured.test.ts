import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '#node/config/load-config';
import type { NumberValue } from '#shared/config/value-schemas';
import { ConfigError, formatIssue } from '#shared/core/errors';
import { Sampler } from '#shared/sampling/sampler';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'diorama-measured-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const HEAD = `configVersion: 1
name: measured
scene: scene.yaml
frames: 10
categories: [mug]
camera: { pose: { kind: at, position: [0, 1, 3], target: [0, 0, 0] } }
vars:
  x: `;

/** Loads a config whose variable `x` is `value`, in a folder below that of the scene. */
async function loadWith(value: string, files: Readonly<Record<string, string>>) {
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'scene.yaml'), 'x');
  await writeFile(join(folder, 'config.yaml'), `${HEAD}${value}\n`);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return loadConfig({ path: join(folder, 'config.yaml') });
}

async function problemOf(value: string, files: Readonly<Record<string, string>>): Promise<string> {
  try {
    await loadWith(value, files);
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map((issue) => formatIssue(issue).replaceAll(folder, '@')).join('\n');
  }
}

const TABLE = 'size, count\n1.5,3\n-2e1,1\n\n .5 ,0\n';

type Expected = readonly [files: Readonly<Record<string, string>>, value: unknown];

describe('measured values from a file', () => {
  it.each<readonly [string, string, ...Expected]>([
    [
      'a column of a CSV',
      '{ kind: empirical, file: data/t.csv, column: size }',
      { 'data/t.csv': `\uFEFF${TABLE}` },
      { kind: 'empirical', values: [1.5, -20, 0.5], interpolation: 'none' },
    ],
    [
      'with weights, beside which only one column is left',
      '{ kind: empirical, file: data/t.csv, weights: count }',
      { 'data/t.csv': TABLE },
      { kind: 'empirical', values: [1.5, -20, 0.5], weights: [3, 1, 0], interpolation: 'none' },
    ],
    [
      'cut at tabs',
      '{ kind: empirical, file: data/t.tsv, interpolation: linear }',
      { 'data/t.tsv': 'a\n1\n2\n' },
      { kind: 'empirical', values: [1, 2], interpolation: 'linear' },
    ],
    [
      'a JSON list of numbers',
      '{ kind: empirical, file: data/t.json }',
      { 'data/t.json': '[3, 1, 2]' },
      { kind: 'empirical', values: [3, 1, 2], interpolation: 'none' },
    ],
    [
      'a JSON list of items',
      '{ kind: empirical, file: data/t.json, column: w }',
      { 'data/t.json': '[{"w": 1, "h": 2}, {"w": 3, "h": 4}]' },
      { kind: 'empirical', values: [1, 3], interpolation: 'none' },
    ],
    [
      'JSON lists under names, counted in bins: edges at 0, 2, 4; 4 falls into the last',
      '{ kind: histogram, file: data/t.json, column: v, bins: 2 }',
      { 'data/t.json': '{"v": [0, 1, 2, 3, 4], "other": []}' },
      { kind: 'histogram', edges: [0, 2, 4], weights: [2, 3] },
    ],
    [
      'summed by weight in bins',
      '{ kind: histogram, file: data/t.json, column: v, weights: w, bins: 2 }',
      { 'data/t.json': '{"v": [0, 1, 4], "w": [0.5, 2, 7]}' },
      { kind: 'histogram', edges: [0, 2, 4], weights: [2.5, 7] },
    ],
  ])('are %s', async (_name, value, ...[files, expected]) => {
    const { config, sources } = await loadWith(value, files);
    expect(config.vars.x).toEqual(expected);
    expect(sources['vars.x.file']).toBe('config.yaml:8');
    expect(Object.keys(sources).filter((path) => path.includes('values'))).toEqual([]);
  });

  it('make the config that has them written out: same hash, and the file is listed as read', async () => {
    const file = await loadWith('{ kind: empirical, file: data/t.csv, weights: count }', {
      'data/t.csv': TABLE,
    });
    const written = await loadWith(
      '{ kind: empirical, values: [1.5, -20, 0.5], weights: [3, 1, 0] }',
      {},
    );
    expect(file.sha256).toBe(written.sha256);
    expect(file.files).toEqual([join(folder, 'config.yaml'), join(folder, 'data/t.csv')]);
  });

  it.each([
    [
      '{ kind: empirical, file: data/t.csv, column: siez }',
      TABLE,
      'unknown column "siez" in @/data/t.csv. Did you mean "size"?',
    ],
    [
      '{ kind: empirical, file: data/t.csv }',
      TABLE,
      '@/config.yaml:8:31: vars.x.file: expected a column to be named, found size, count in @/data/t.csv.',
    ],
    [
      '{ kind: empirical, file: data/t.csv, column: size }',
      'size,n\n1,1\n,2\n',
      '@/data/t.csv:3:1: expected a number in column "size", found nothing',
    ],
    [
      '{ kind: empirical, file: data/t.csv, column: n }',
      'size,n\n1,1\n2,3 px\n',
      '@/data/t.csv:3:2: expected a number in column "n", found "3 px"',
    ],
    [
      '{ kind: empirical, file: data/t.csv, column: n }',
      'size,n\n1,1\n2\n',
      '@/data/t.csv:3:1: Invalid Record Length: expect 2, got 1 on line 3',
    ],
    [
      '{ kind: empirical, file: data/t.csv, column: n }',
      'n,n\n1,1\n',
      '@/data/t.csv:1:1: expected each column once, found "n" again',
    ],
    [
      '{ kind: empirical, file: data/t.csv }',
      'n\n',
      '@/data/t.csv: expected values in column "n", found none',
    ],
    [
      '{ kind: histogram, file: data/t.csv, bins: 3 }',
      'n\n4\n4\n',
      '@/config.yaml:8:31: vars.x.file: expected values that differ, to be counted in bins, found 4 alone. Use kind: empirical.',
    ],
    ['{ kind: histogram, file: data/t.csv }', 'n\n4\n', 'vars.x.bins: expected a whole number'],
    [
      '{ kind: empirical, file: data/no.csv }',
      'n\n4\n',
      'vars.x.file: file of measured values not found: @/data/no.csv',
    ],
    [
      '{ kind: empirical, file: data/t.csv, weights: w, interpolation: linear }',
      'n,w\n4,1\n',
      'expected no weights with linear interpolation',
    ],
  ])('are refused with their place: %s of %j', async (value, text, expected) => {
    expect(await problemOf(value, { 'data/t.csv': text })).toContain(expected);
  });

  it('are refused with line and column in JSON too', async () => {
    const files = { 'data/t.json': '[\n  1,\n  "two"\n]' };
    expect(await problemOf('{ kind: empirical, file: data/t.json }', files)).toBe(
      '@/data/t.json:3:3: expected a number in column "values", found "two"',
    );
  });

  it('are drawn as often as they weigh (6 standard deviations)', () => {
    const value: NumberValue = {
      kind: 'empirical',
      values: [7, 8, 9],
      weights: [3, 1, 0],
      interpolation: 'none',
    };
    const drawn = Array.from({ length: 4000 }, (_, i) => new Sampler('w', i).number(value, 'p'));
    const sevens = drawn.filter((each) => each === 7).length;
    expect(Math.abs(sevens - 3000)).toBeLessThan(6 * Math.sqrt(4000 * 0.75 * 0.25));
    expect(drawn).not.toContain(9);
  });
});
