import { dropsObjects } from '#shared/config/drops-objects';
import { loadPhysics } from '#shared/physics/engine';
import type { RunInputs } from '#shared/sampling/sample-scene';
import { drawnRow } from './drawn-row.ts';
import type { SampleAnswer, SampleRequest } from './sampler.ts';

/** Draws frames beside the page, so that it stays at hand however long a heap takes to settle. */

let inputs: RunInputs | null = null;

async function answer({ inputs: given, frame }: SampleRequest): Promise<SampleAnswer> {
  if (given !== undefined) inputs = given;
  if (inputs === null) throw new Error('expected inputs before the first frame');
  try {
    if (dropsObjects(inputs.config)) await loadPhysics();
    return { row: drawnRow(inputs, frame) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener('message', ({ data }: MessageEvent<SampleRequest>) => {
  void answer(data).then((message) => postMessage(message));
});
