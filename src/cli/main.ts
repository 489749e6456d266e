#!/usr/bin/env node
import pc from 'picocolors';
import { EXIT, type CliIo } from './cli-io.ts';
import { runCli } from './run-cli.ts';

/**
 * The first signal ends the run in order: no further frame, journal and derived files whole, browsers
 * closed. The second ends the process at once; browsers are still ended on the way out (own-browsers.ts).
 */
function watchSignals(controller: AbortController): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      process.stderr.write('\nstopping; once more to stop at once\n');
      controller.abort();
    });
  }
}

/** A reader that has seen enough (`| head`) is no error. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const controller = new AbortController();
watchSignals(controller);
ignoreClosedPipe(process.stdout);
ignoreClosedPipe(process.stderr);

const io: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stderr.isTTY && process.env['CI'] === undefined ? process.stderr : null,
  color: pc.isColorSupported,
  signal: controller.signal,
};

const exitCode = await runCli(process.argv.slice(2), io);
if (exitCode !== EXIT.ok) process.exitCode = exitCode;
