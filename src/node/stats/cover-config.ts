import { setImmediate } from 'node:timers/promises';
import { dropsObjects } from '#shared/config/drops-objects';
import { loadPhysics } from '#shared/physics/engine';
import type { CoverageReport } from '#shared/stats/coverage';
import { drawCoverage } from '#shared/stats/draw-coverage';
import { prepareInputs, type InputsRequest } from '../run/prepare-run.ts';

/** How many frames are drawn where nobody asks for others. */
export const DEFAULT_SAMPLES = 500;

/** Which config, and how much of it. */
export type CoverageRequest = InputsRequest & Readonly<{ samples?: number | undefined }>;

/** What a config draws, against what it asks. */
export type ConfigCoverage = CoverageReport & Readonly<{ name: string; seed: string }>;

/** How it is followed and stopped. */
export type CoverageControl = Readonly<{
  signal?: AbortSignal | undefined;
  onProgress?: ((drawn: number, samples: number) => void) | undefined;
}>;

/**
 * Draws frames of a config without rendering and holds each parameter against its distribution.
 *
 * @returns null where the signal was aborted first.
 * @throws ConfigError, AssetError where the config cannot be used.
 */
export async function coverConfig(
  { samples = DEFAULT_SAMPLES, ...request }: CoverageRequest,
  { signal, onProgress }: CoverageControl = {},
): Promise<ConfigCoverage | null> {
  const { inputs } = await prepareInputs(request);
  const { config } = inputs;
  if (dropsObjects(config)) await loadPhysics();
  const drawing = drawCoverage(inputs, samples);
  for (;;) {
    const step = drawing.next();
    if (step.done === true) return { name: config.name, seed: String(config.seed), ...step.value };
    onProgress?.(step.value, samples);
    // Signals are heard between frames.
    await setImmediate();
    if (signal?.aborted === true) return null;
  }
}
