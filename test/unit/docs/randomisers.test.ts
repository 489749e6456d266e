import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sampler } from '#shared/sampling/sampler';

type Example = Readonly<{
  yellowingSchema: { parse: (value: unknown) => { thicknessMillimeters: unknown } };
  sampleYellowing: (sampler: Sampler, spec: unknown) => { thicknessMillimeters: number };
  planYellowing: (sample: { thicknessMillimeters: number }) => readonly number[];
}>;

/** Blocks of TypeScript by the file name in their first line. */
function filesOf(markdown: string): ReadonlyMap<string, string> {
  const blocks = [...markdown.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)];
  return new Map(blocks.map(([, path = '', text = '']) => [basename(path), text]));
}

/** Lets esbuild find the guide's files beside one another, and the modules of the package. */
const inGuide = (files: ReadonlyMap<string, string>): Plugin => ({
  name: 'guide',
  setup: (plugins) => {
    plugins.onResolve({ filter: /^\.\/|^guide:/ }, ({ path, namespace }) => {
      const name = path.replace(/^\.\/|^guide:/, '');
      return namespace === 'file' ? null : { path: name, namespace: 'guide' };
    });
    plugins.onLoad({ filter: /.*/, namespace: 'guide' }, ({ path }) => {
      const contents = files.get(path);
      if (contents === undefined) throw new Error(`the guide has no file ${path}`);
      return { contents, loader: 'ts', resolveDir: process.cwd() };
    });
  },
});

let folder = '';
let example: Example;
beforeAll(async () => {
  const files = filesOf(await readFile('docs/randomisers.md', 'utf8'));
  expect([...files.keys()]).toEqual([
    'yellowing-schema.ts',
    'sample-yellowing.ts',
    'plan-yellowing.ts',
  ]);
  folder = await mkdtemp(join(tmpdir(), 'diorama-guide-'));
  const outfile = join(folder, 'example.mjs');
  await build({
    stdin: {
      contents: [...files.keys()].map((name) => `export * from 'guide:${name}';`).join('\n'),
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    outfile,
    plugins: [inGuide(files)],
    logLevel: 'silent',
  });
  example = (await import(pathToFileURL(outfile).href)) as Example;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the guide’s randomiser', () => {
  it('changes nothing where it is not stated, and refuses what it does not know', () => {
    const spec = example.yellowingSchema.parse({});
    expect(example.planYellowing(example.sampleYellowing(new Sampler('s', 0), spec))).toEqual([
      1, 1, 1,
    ]);
    expect(() => example.yellowingSchema.parse({ thicknessMeters: 1 })).toThrow(/thicknessMeters/);
  });

  it('draws from the stream of its own path', () => {
    const spec = example.yellowingSchema.parse({
      thicknessMillimeters: { kind: 'uniform', min: 1, max: 3 },
    });
    const sampler = new Sampler('s', 7);
    const u = new Sampler('s', 7).uniform('sensor.yellowing.thicknessMillimeters');
    expect(example.sampleYellowing(sampler, spec).thicknessMillimeters).toBe(1 + 2 * u);
  });

  it('refuses a thickness that it cannot mean, by name', () => {
    const spec = example.yellowingSchema.parse({ thicknessMillimeters: 6 });
    expect(() => example.sampleYellowing(new Sampler('s', 0), spec)).toThrow(
      /sensor\.yellowing\.thicknessMillimeters: expected a value in 0\.\.5, drew 6/,
    );
  });

  it('lets through by the law of Beer and Lambert: two layers multiply', () => {
    const one = example.planYellowing({ thicknessMillimeters: 1.5 });
    const two = example.planYellowing({ thicknessMillimeters: 3 });
    one.forEach((share, k) => expect(two[k]).toBeCloseTo(share * share, 12));
  });
});
