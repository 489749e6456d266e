import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCliDocs } from '../../../src/cli/create-cli-docs.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeIo } from './make-io.ts';

async function run(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = makeIo();
  const code = await runCli(argv, io);
  return { code, out: out(), err: err() };
}

describe('diorama', () => {
  it('prints its version', async () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('has the help texts of docs/cli.md', async () => {
    const docs = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
    expect(await createCliDocs()).toBe(docs);
  });

  it('shows examples with a command’s help', async () => {
    const { code, out } = await run('render', '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:\n  diorama render configs/x.yaml ');
    expect(out).toContain('Frames a..b, both included');
  });

  it.each([
    [['rendr', 'x.yaml'], 'Unknown command. Did you mean render?'],
    [['render', 'x.yaml', '--shrad', '0/2'], 'Unknown argument "shrad". Did you mean --shard?'],
    [
      ['render', 'x.yaml', '--keepGoin'],
      'Unknown argument "keep-goin". Did you mean --keep-going?',
    ],
    [['render', 'x.yaml', 'y.yaml'], 'Unknown argument "y.yaml".'],
    [['render'], 'Expected "diorama render <config>", found nothing after the command.'],
    [[], 'Expected a command.'],
    [
      ['render', 'x.yaml', '--gl', 'metal'],
      '--gl: expected auto, gpu, mesa or swiftshader, got "metal".',
    ],
    [['doctor', '--gl', 'mesaa'], 'got "mesaa". Did you mean mesa?'],
    [['render', 'x.yaml', '--seed', '1', '--seed', '2'], '--seed: expected once, found 2 times'],
    [
      ['render', 'x.yaml', '--frames', '9..2'],
      '--frames: expected the first frame before the last, got "9..2"',
    ],
    [
      ['render', 'x.yaml', '--shard', '2/2'],
      '--shard: expected i from 0 to 1 for 2 shards, got "2/2"',
    ],
    [
      ['render', 'x.yaml', '--workers', '0'],
      '--workers: expected a whole number from 1 to 64, got 0',
    ],
    [
      ['render', 'x.yaml', '--asset-memory', '-1'],
      '--asset-memory: expected a whole number from 0 to 1048576, got -1',
    ],
    [
      ['render', 'x.yaml', '--asset-memory', '2GiB'],
      '--asset-memory: expected a whole number from 0 to 1048576, got NaN',
    ],
    [
      ['render', 'x.yaml', '--workers', '1000'],
      '--workers: expected a whole number from 1 to 64, got 1000',
    ],
    [
      ['render', 'x.yaml', '--workers', 'two'],
      '--workers: expected a whole number from 1 to 64, got NaN',
    ],
    [['plan', 'x.yaml'], 'Expected --frame: there is no default.'],
    [
      ['merge', 'out'],
      'Expected "diorama merge <out> <shards..>", found 1 of 2 words after the command.',
    ],
  ])('%j ends with 2 and says what was expected', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect(err).toContain(message);
    const named = ['render', 'plan', 'merge', 'doctor'].find((name) => name === argv[0]);
    expect(err).toContain(`Run "diorama ${named === undefined ? '' : `${named} `}--help"`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('takes --no-sandbox for --sandbox off', async () => {
    const { err } = await run('render', 'x.yaml', '--no-sandbox', '--frames', 'x');
    expect(err).toContain('--frames: expected a frame');
  });

  it('does not let a repeatable flag swallow the config', async () => {
    const { err } = await run('plan', '--frame', '0', '--set', 'frames=2', 'no-such-config.yaml');
    expect(err).toContain('no-such-config.yaml');
    expect(err).not.toContain('Expected "diorama');
  });

  it('ends with 2 for a config that is not there', async () => {
    const { code, err } = await run('validate', 'no-such-config.yaml');
    expect(code).toBe(2);
    expect(err).toMatch(/^error: 1 problem in the configuration:\n.*no-such-config\.yaml/);
  });

  it('tells errors as JSON too where JSON was asked for', async () => {
    const { code, out } = await run('validate', 'no-such-config.yaml', '--json');
    expect(JSON.parse(out)).toMatchObject({ type: 'error', code: 'CONFIG_INVALID', exitCode: 2 });
    expect(code).toBe(2);
  });
});
