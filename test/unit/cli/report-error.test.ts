import { describe, expect, it } from 'vitest';
import { ConfigError, RenderError, UsageError, WriteError } from '#shared/core/errors';
import { FrameError, FramesFailedError } from '#node/run/frame-error';
import { decideErrorReport } from '../../../src/cli/report-error.ts';

const report = (error: unknown, verbose = false, json = false) =>
  decideErrorReport(error, { verbose, json, argv: ['render', 'x.yaml'] });

describe('decideErrorReport', () => {
  it.each([
    [new UsageError('--frames: no'), 2, 'USAGE'],
    [new ConfigError([{ source: 'a.yaml', path: 'frames', message: 'no' }]), 2, 'CONFIG_INVALID'],
    [new WriteError('no'), 1, 'WRITE_FAILED'],
    [new RenderError('lost', 'no'), 1, 'RENDER_FAILED'],
    [new TypeError('no'), 1, 'INTERNAL'],
    ['no', 1, 'INTERNAL'],
  ])('%s', (error, exitCode, code) => {
    expect(report(error)).toMatchObject({ exitCode, code });
  });

  it('says no more than the error’s own text', () => {
    expect(report(new WriteError('out: not a folder.')).text).toBe('error: out: not a folder.');
  });

  it('owns up to a fault of its own, and points to the stack', () => {
    expect(report(new TypeError('x is undefined')).text).toBe(
      'error: TypeError: x is undefined\nThis is a fault of Diorama. Run with --verbose for its stack.',
    );
  });

  it('does not tell people again what was told as it happened', () => {
    const failures = [3, 4, 9].map((frame) => new FrameError(frame, new Error('no'), 'again'));
    expect(report(new FramesFailedError(failures)).text).toBe(
      'error: 3 frames could not be made: 3..4, 9; why stands above.',
    );
    const one = new FramesFailedError(failures.slice(0, 1));
    expect(report(one).text).toBe('error: 1 frame could not be made: 3; why stands above.');
    expect(report(one, false, true).text).toContain('frame 3: Error: no\nReproduce: again');
  });

  it('points to the help of the command that was given', () => {
    expect(report(new UsageError('--frames: no')).text).toBe(
      'error: --frames: no\nRun "diorama render --help" for its flags and examples.',
    );
  });

  it('shows stacks, those of causes too, with --verbose alone', () => {
    const error = new WriteError('cannot write', { cause: new Error('ENOSPC here') });
    expect(report(error).text).not.toContain('ENOSPC');
    expect(report(error, true).text).toMatch(
      /error: cannot write\n.*\n\s+at .*caused by: Error: ENOSPC here/s,
    );
  });
});
