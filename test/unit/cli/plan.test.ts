import { describe, expect, it } from 'vitest';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeIo } from './make-io.ts';

const ACCEPT = 'accept={rules: [{kind: brightness, min: 0.1}], attempts: 4}';

async function plan(...flags: readonly string[]) {
  const { io, out, err } = makeIo();
  const words = ['plan', 'configs/tabletop.yaml', '--frame', '1', '--sample', ...flags];
  const code = await runCli(words, io);
  return { code, err: err(), out: out() };
}
const sampleOf = ({ out }: Readonly<{ out: string }>): SceneSample =>
  (JSON.parse(out) as Readonly<{ sample: SceneSample }>).sample;

describe('diorama plan', () => {
  it('says which attempt it prints where another may be taken, and prints any of them', async () => {
    const plain = await plan();
    expect([plain.code, plain.err]).toEqual([0, '']);
    const first = await plan('--set', ACCEPT);
    expect(first.err).toMatch(
      /^note: this is the first attempt at the frame\. .* --attempt takes\.\n$/,
    );
    expect(sampleOf(first)).toEqual(sampleOf(plain));
    const third = await plan('--set', ACCEPT, '--attempt', '2');
    expect([third.code, third.err, sampleOf(third).retry]).toEqual([0, '', 2]);
    expect(sampleOf(third).camera).not.toEqual(sampleOf(first).camera);
  });

  it('refuses an attempt that no frame has', async () => {
    const { code, err } = await plan('--set', ACCEPT, '--attempt', '4');
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('--attempt: expected a whole number from 0 to 3, got 4'),
    ]);
  });
});
