import { effect } from '@preact/signals';
import type { DrawnRow } from '#shared/protocol/preview-api';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { Sampler } from '../frame/sampler.ts';
import { making } from './store.ts';

/** Workers at most; one core is left to the page. */
const MOST_WORKERS = 4;
/** Between two looks at the plots: each draws all of them anew. */
const LOOK_MS = 250;
/** A hand that moves a value gives a new config many times a second: drawing begins when it rests. */
const REST_MS = 100;

type DrawRequest = Readonly<{
  inputs: RunInputs;
  frames: readonly number[];
  startSampler: () => Sampler;
  /** Told of rows as they come. */
  told(rows: readonly DrawnRow[]): void;
  /** Told why a frame cannot be drawn, and of how many that is so. */
  failed(problem: string): void;
  /** Told once nothing more comes. */
  ended(): void;
}>;

/** Resolves once no picture is being made: what a person looks at comes first. */
function pictureMade(): Promise<void> {
  if (!making.peek()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (making.value) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** Draws frames in workers, and tells of them as they come. Returns what stops it. */
export function drawRows({ inputs, frames, startSampler, ...tell }: DrawRequest): () => void {
  const left = [...frames];
  const problems: string[] = [];
  const samplers: Sampler[] = [];
  let isOver = false;
  let fresh: DrawnRow[] = [];
  let look: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    look = undefined;
    const more = fresh;
    fresh = [];
    if (more.length > 0) tell.told(more);
    const [first] = problems;
    if (first !== undefined) tell.failed(`${problems.length} × cannot be drawn, such as: ${first}`);
  };
  const work = async (): Promise<void> => {
    await pictureMade();
    if (isOver || left.length === 0) return;
    const sampler = startSampler();
    samplers.push(sampler);
    for (let frame = left.shift(); frame !== undefined; frame = left.shift()) {
      const answer = await sampler.draw(inputs, frame);
      if (isOver) return;
      if ('row' in answer) fresh.push(answer.row);
      else problems.push(answer.problem);
      look ??= setTimeout(show, LOOK_MS);
      await pictureMade();
    }
  };
  const stop = (): void => {
    clearTimeout(begin);
    clearTimeout(look);
    if (look !== undefined) show();
    isOver = true;
    for (const sampler of samplers) sampler.close();
    tell.ended();
  };
  const begin = setTimeout(() => {
    const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency - 1));
    Promise.all(Array.from({ length: count }, work)).then(stop, (error: unknown) => {
      tell.failed(error instanceof Error ? error.message : String(error));
      stop();
    });
  }, REST_MS);
  return stop;
}
