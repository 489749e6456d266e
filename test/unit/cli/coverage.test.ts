import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetCoverage } from '#node/stats/cover-dataset';
import type { ConfigCoverage } from '#node/stats/cover-config';
import { runCli } from '../../../src/cli/run-cli.ts';
import { sparkline } from '../../../src/cli/sparkline.ts';
import { makeTrueDataset } from '../node/verify/make-true-dataset.ts';
import { makeIo } from './make-io.ts';

async function run(...argv: readonly string[]) {
  const { io, out, err } = makeIo();
  const code = await runCli(['coverage', ...argv], io);
  return { code, out: out(), err: err() };
}

const MANY = 60;
let folder: string;
beforeAll(async () => {
  folder = await makeTrueDataset(
    {
      frames: MANY,
      image: { width: 24, height: 18 },
      targets: { goals: { crates: { categories: ['crate'], instances: 9000 } }, attempts: 1 },
    },
    Array.from({ length: MANY }, (_, frame) => frame),
  );
});
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe('diorama coverage of a config', () => {
  it('tells of each parameter what is asked and drawn, and ends with 0', async () => {
    const { code, out } = await run('configs/tabletop.yaml', '--samples', '40', '--seed', 'c');
    expect(out).toMatch(
      /\n {8}asked {2}uniform -?[\d.]+\.\.[\d.]+; mean -?[\d.]+\n {8}drawn {2}\d+: .*▕.*▏\n {8}test {3}KS [\d.]+, at most [\d.]+/,
    );
    expect(out).toMatch(
      /\nconfigs\/tabletop\.yaml, seed c: 40 frames, \d+ parameters: 0 weak, \d+ as asked/,
    );
    expect(code).toBe(0);
  });

  it('is a report as JSON', async () => {
    const { code, out } = await run('configs/tabletop.yaml', '--samples', '8', '--json');
    const report = JSON.parse(out) as ConfigCoverage;
    expect([code, report.name, report.frames]).toEqual([0, 'tabletop', 8]);
    expect(report.parameters.length).toBeGreaterThan(5);
  });

  it('refuses what is no number of samples', async () => {
    const { code, err } = await run('configs/tabletop.yaml', '--samples', '0');
    expect(code).toBe(2);
    expect(err).toContain('--samples: expected a whole number from 1 to 1000000, got 0');
  });
});

describe('diorama coverage of a dataset', () => {
  it('reads the samples of its records, and tells which target is short, with 1', async () => {
    const { code, out } = await run(folder);
    expect(out).toMatch(/\n {8}asked {2}uniform -20\.\.20; mean 0\n {8}drawn {2}60: /);
    expect(out).toMatch(/^ok {6}objects\.crates\.category$/m);
    expect(out).toMatch(/: 60 frames, \d+ parameters: 0 weak, /);
    expect(out).toMatch(
      /^target {4}crates: \d+ of 9000, \d+ short \(\d+ of its 60 frames show it\)$/m,
    );
    expect(code).toBe(1);
  });

  it('is a report as JSON, with what accept and targets came to', async () => {
    const report = JSON.parse((await run(folder, '--json')).out) as DatasetCoverage;
    expect(report).toMatchObject({ name: 'test', seed: 'verify', frames: MANY, redrawnFrames: 0 });
    expect(report.summary?.targets?.[0]?.asked).toBe(9000);
  });

  it('refuses flags that change a config, and folders that are no dataset', async () => {
    const flagged = await run(folder, '--samples', '3');
    expect(flagged.err).toContain('--samples: expected a config with it, found the folder');
    expect([flagged.code, (await run('docs')).code]).toEqual([2, 2]);
  });
});

describe('sparkline', () => {
  it('has a full bar for the most, a space for none and a line for any other', () => {
    expect(sparkline([0, 1, 100, 50])).toBe(' ▁█▄');
    expect(sparkline([0, 0])).toBe('  ');
  });
});
