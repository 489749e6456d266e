import type { CliIo } from '../../../src/cli/cli-io.ts';

/** A command line's outside in memory. */
export function makeIo(signal: AbortSignal = new AbortController().signal): {
  io: CliIo;
  out: () => string;
  err: () => string;
} {
  let out = '';
  let err = '';
  return {
    io: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      terminal: null,
      color: false,
      signal,
    },
    out: () => out,
    err: () => err,
  };
}
