import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './run-diorama.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SMALL = ['--set', 'image.width=64', '--set', 'image.height=48'];

/** Blocks of the README that begin with the name of their file. */
const BLOCKS = [...README.matchAll(/```(?:yaml|ts)\n(?:#|\/\/) (\S+)\n(.*?)```/gs)].flatMap(
  ([, name, text]) => (name === undefined || text === undefined ? [] : [{ name, text }]),
);

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
  for (const name of ['configs', 'scenes']) symlinkSync(join(ROOT, name), place.path(name));
  for (const { name, text } of BLOCKS) place.write(name, text);
});
afterAll(() => place.remove());

describe('the README', () => {
  it('shows a first dataset in five lines, and more', () => {
    expect(BLOCKS.map(({ name }) => name)).toEqual([
      'fruit.yaml',
      'dishes.yaml',
      'steps.ts',
      'steps.yaml',
    ]);
    expect(BLOCKS[0]?.text.trimEnd().split('\n')).toHaveLength(5);
    expect(README.split('\n').length).toBeLessThan(200);
  });

  it.each(BLOCKS.filter(({ name }) => name.endsWith('.yaml')))(
    'has in $name a config that renders',
    async ({ name }) => {
      const out = place.path(`out-${name}`);
      const words = ['render', place.path(name), '--frames', '0..1', '--out', out, ...SMALL];
      const end = await place.run(words);
      expect(end, end.err).toMatchObject({ code: 0 });
      expect(end.out).toMatch(/labels +[1-9]\d* instances/);
    },
  );

  it('names files, commands and keys that there are', async () => {
    const tree = /```\nout\/fruit\/\n(.*?)```/s.exec(README)?.[1] ?? '';
    const named = [...tree.matchAll(/^ {2}(\S+)/gm)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(7);
    const missing = named.filter((path) => !existsSync(join(place.path('out-fruit.yaml'), path)));
    expect(missing).toEqual([]);
    const plan = await place.run(['plan', place.path('dishes.yaml'), '--frame', '7']);
    expect(Object.keys(JSON.parse(plan.out) as object)).toEqual(['sample', 'plan']);
    const set = ['validate', place.path('dishes.yaml'), '--set', 'objects.dishes.count=4'];
    expect((await place.run(set)).out).toContain('dishes: 4 of ');
  });
});
