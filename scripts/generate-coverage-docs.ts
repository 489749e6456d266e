/**
 * Writes `docs/coverage.md`: what each shipped config draws, against what it asks, by `diorama coverage`.
 *
 * Run `npm run build`, then `npx tsx scripts/generate-coverage-docs.ts [DIR]`. It draws hundreds of frames of every
 * config without rendering, which takes minutes, so no check repeats it. Reports that lie in DIR as
 * `<config>.json`, written by `diorama coverage configs/<config> --json`, are taken from there.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CoverageReport, ParameterCoverage } from '../src/shared/stats/coverage.ts';
import { describeStated } from '../src/shared/stats/describe-stated.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLES = 200;
/** Where objects fall until they rest, which takes a second a frame. */
const SAMPLES_OF_DROPS = 60;
const LONGEST = 66;
/** Its folder of assets does not ship. */
const WITHOUT = ['scans.yaml'];

type Covered = Readonly<{ config: string; report: CoverageReport }>;

/** The report of one config; the command's exit code is 1 where a parameter fails. */
async function cover(config: string, folder: string | undefined): Promise<Covered> {
  const ready = folder === undefined ? '' : join(folder, `${config}.json`);
  if (existsSync(ready))
    return { config, report: JSON.parse(readFileSync(ready, 'utf8')) as CoverageReport };
  const words = ['dist/cli/main.js', 'coverage', `configs/${config}`];
  const samples = config.startsWith('crate') ? SAMPLES_OF_DROPS : SAMPLES;
  const flags = ['--samples', String(samples), '--json'];
  const run = promisify(execFile)(process.execPath, [...words, ...flags], {
    cwd: ROOT,
    maxBuffer: 2 ** 28,
  });
  const { stdout } = await run.catch((error: unknown) => {
    const { stdout = '', code } = error as { stdout?: string; code?: unknown };
    if (code !== 1 || stdout === '') throw error;
    return { stdout };
  });
  console.log(config);
  return { config, report: JSON.parse(stdout) as CoverageReport };
}

const short = (x: number): string => String(Number(x.toPrecision(3)));
const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

function drawnText({ n, drawn }: ParameterCoverage): string {
  switch (drawn.kind) {
    case 'numbers':
      return `${short(drawn.summary.min)}..${short(drawn.summary.max)}, mean ${short(drawn.summary.mean)}`;
    case 'vectors':
      return drawn.components.map(({ min, max }) => `${short(min)}..${short(max)}`).join(', ');
    case 'outcomes': {
      const shares = drawn.outcomes.map(({ count }) => short((100 * count) / n));
      const told = shares.slice(0, 6).join(' ');
      return `${told} %${shares.length > 6 ? `, ${shares.length - 6} more` : ''}`;
    }
  }
}

function testText({ ks, chiSquare, open, redrawn }: ParameterCoverage): string {
  const parts = [
    ...(ks === null ? [] : [`K–S ${short(ks.statistic)} of ${short(ks.limit)}`]),
    ...(chiSquare === null
      ? []
      : [
          `χ² ${short(chiSquare.statistic)} (${chiSquare.degreesOfFreedom}), p ${short(chiSquare.tail)}`,
        ]),
  ];
  if (parts.length > 0)
    return [...parts, ...(redrawn > 0 ? [`${redrawn} attempts drawn anew`] : [])].join('; ');
  return `not judged: ${open ?? 'too few draws'}`;
}

/** Rows as columns of text. */
function columnsOf(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((k) => Math.max(...rows.map((row) => row[k]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function chapterOf({ config, report }: Covered): string {
  const byName = [...report.parameters].sort((a, b) => (a.parameter < b.parameter ? -1 : 1));
  const rows = byName.map((one) => [
    `${one.verdict === 'ok' || one.verdict === 'open' ? '' : '! '}${one.parameter}`,
    cut(describeStated(one.stated)),
    `${one.n}: ${drawnText(one)}`,
    testText(one),
  ]);
  const table = columnsOf([['parameter', 'asked', 'drawn', 'test'], ...rows]);
  return `## ${config}\n\n\`\`\`text\n${table}\n\`\`\`\n`;
}

function summaryOf({ config, report }: Covered): string {
  const { parameters, failed, frames } = report;
  const of = (...verdicts: string[]): string =>
    String(parameters.filter(({ verdict }) => verdicts.includes(verdict)).length);
  const strain = Math.max(
    ...parameters.map(({ ks }) => (ks === null ? 0 : ks.statistic / ks.limit)),
  );
  const least = Math.min(...parameters.map(({ chiSquare }) => chiSquare?.tail ?? 1));
  const cells = [
    `[${config}](../configs/${config})`,
    String(frames),
    String(parameters.length),
    of('ok'),
    of('open'),
    of('weak', 'outside'),
    short(strain),
    short(least),
    String(failed.count),
  ];
  return `| ${cells.join(' | ')} |`;
}

function documentOf(covered: readonly Covered[]): string {
  const head = [
    'Config',
    'Frames',
    'Parameters',
    'As asked',
    'Not judged',
    'Failed',
    'Largest K–S / limit',
    'Least p of χ²',
    'Frames not drawn',
  ];
  return `# Coverage of the configs that ship

What each config draws, against what it asks: ${SAMPLES} frames (of sequences, one of each; ${SAMPLES_OF_DROPS} where objects fall) drawn without rendering by \`diorama coverage\`, written by \`npx tsx scripts/generate-coverage-docs.ts\`. Continuous values are judged by the Kolmogorov–Smirnov statistic (times √n) of their probability integral transform, others by Pearson's chi-square with its degrees of freedom; both at a level at which, where all is as asked, any test of a config fails in 0.1 % of runs. What is reckoned from variables follows them and is not judged by itself. Objects that find no room are drawn anew, which bends what is left.

| ${head.join(' | ')} |
| ${head.map(() => '---').join(' | ')} |
${covered.map(summaryOf).join('\n')}

${covered.map(chapterOf).join('\n')}`;
}

/** Configs that ship: those with a scene or with one that they extend. */
function shippedConfigs(): readonly string[] {
  return readdirSync(`${ROOT}configs`)
    .filter((file) => file.endsWith('.yaml') && !WITHOUT.includes(file))
    .sort();
}

async function main(): Promise<void> {
  const { format, resolveConfig } = await import('prettier');
  const covered: Covered[] = [];
  for (const config of shippedConfigs()) covered.push(await cover(config, process.argv[2]));
  const file = `${ROOT}docs/coverage.md`;
  const text = documentOf(covered);
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

await main();
