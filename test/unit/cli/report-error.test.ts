import { describe, expect, it } from 'vitest';
import { ConfigError, RenderError, UsageError, WriteError } from '#shared/core/errors';
import { decideErrorReport } from '../../../src/cli/report-error.ts';

const report = (error: unknown, verbose = false) => decideErrorReport(error, { verbose });

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

  it('shows stacks, those of causes too, with --verbose alone', () => {
    const error = new WriteError('cannot write', { cause: new Error('ENOSPC here') });
    expect(report(error).text).not.toContain('ENOSPC');
    expect(report(error, true).text).toMatch(
      /error: cannot write\n.*\n\s+at .*caused by: Error: ENOSPC here/s,
    );
  });
});
