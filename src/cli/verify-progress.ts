import { performance } from 'node:perf_hooks';
import { Presets, SingleBar } from 'cli-progress';
import pc from 'picocolors';
import type { CliIo } from './cli-io.ts';

/** Follows frames that are checked; `stop` takes a bar off the screen and may be called twice. */
export type VerifyProgress = Readonly<{
  onProgress(checked: number, total: number): void;
  stop(): void;
}>;

const LINE_EVERY_MS = 5_000;

/** A bar on a terminal; elsewhere a line every 5 s, so that short checks say nothing. */
export function createVerifyProgress(io: CliIo): VerifyProgress {
  const { terminal } = io;
  if (terminal === null) {
    let lastMs: number | null = null;
    return {
      stop: () => undefined,
      onProgress(checked, total) {
        const now = performance.now();
        // From the first frame on: rendering again may take long before it.
        lastMs ??= now;
        if (now - lastMs < LINE_EVERY_MS) return;
        lastMs = now;
        io.err(`${checked}/${total} frames checked\n`);
      },
    };
  }
  const { cyan } = pc.createColors(io.color);
  const bar = new SingleBar(
    {
      stream: terminal,
      hideCursor: true,
      clearOnComplete: true,
      format: `${cyan('{bar}')} {value}/{total} frames checked`,
    },
    Presets.shades_classic,
  );
  let running = false;
  return {
    onProgress(checked, total) {
      if (!running) bar.start(total, 0);
      running = true;
      bar.update(checked);
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}
