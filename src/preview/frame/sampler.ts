import type { DrawnRow } from '#shared/protocol/preview-api';
import type { RunInputs } from '#shared/sampling/sample-scene';

/** A frame to draw; with the inputs where they are not those of the request before. */
export type SampleRequest = Readonly<{ inputs?: RunInputs; frame: number }>;
export type SampleAnswer = Readonly<{ row: DrawnRow } | { problem: string }>;

/** Draws frames, one at a time, beside the page. */
export type Sampler = Readonly<{
  /** Rejects where the worker cannot be started. */
  draw(inputs: RunInputs, frame: number): Promise<SampleAnswer>;
  close(): void;
}>;

/**
 * Starts a worker that draws frames.
 *
 * @param basePath the server's prefix with its token.
 */
export function startSampler(basePath: string): Sampler {
  const url = `${basePath}/page/preview/frame/sample-worker.js`;
  const worker = new Worker(url, { type: 'module' });
  let known: RunInputs | null = null;
  return {
    draw: (inputs, frame) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<SampleAnswer>) => resolve(data);
        worker.onerror = ({ message }) =>
          reject(new Error(`${url}: expected a worker that draws, found ${message || 'none'}`));
        const request: SampleRequest = known === inputs ? { frame } : { inputs, frame };
        known = inputs;
        worker.postMessage(request);
      }),
    close: () => worker.terminate(),
  };
}
