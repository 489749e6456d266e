import type { LevelRange } from '../config/value-types.ts';
import { streamFor } from '../core/stream.ts';
import { haltonPoint } from './halton.ts';
import { countLevels } from './levels.ts';
import { permuteIndex } from './permute-index.ts';
import { sobolPoint } from './sobol.ts';

type Listed = Readonly<{ values: readonly unknown[] | LevelRange }>;

/** What the random numbers of a frame are keyed by, beside the parameter. */
type FrameKey = Readonly<{
  seed: string;
  frame: number;
  /** The number of the draw in the dataset: of frames that stand alone, the frame. */
  index: number;
  /** Which attempt at the frame this is; each has streams of its own, the first those of any frame. */
  retry: number;
}>;

/**
 * Where the random numbers of one frame come from. Everything is a pure function of (seed, frame, path,
 * attempt); what goes over the frames in an order counts them by their number, never by what was drawn.
 */
export class ChanceSource {
  readonly seed: string;
  readonly frame: number;
  readonly index: number;
  readonly retry: number;

  constructor({ seed, frame, index, retry }: FrameKey) {
    this.seed = seed;
    this.frame = frame;
    this.index = index;
    this.retry = retry;
  }

  /** The uniform number in [0, 1) of a parameter path; `attempt` counts rejected draws. */
  uniform(path: string, attempt = 0): number {
    const key = this.retry === 0 ? path : `retry[${this.retry}].${path}`;
    return streamFor({ seed: this.seed, frame: this.frame, path: key, attempt })();
  }

  /** The frame's number of a low-discrepancy sequence, in [0, 1), whoever asks. */
  spread({ kind, dimension }: Readonly<{ kind: 'sobol' | 'halton'; dimension: number }>): number {
    const path = `${kind}[${dimension}]`;
    const streamOf = (part: string) => streamFor({ seed: this.seed, frame: 0, path: part });
    if (kind === 'halton')
      return haltonPoint(this.index, dimension, (place) => streamOf(`${path}[${place}]`));
    return sobolPoint(this.index, dimension, Math.floor(streamOf(path)() * 2 ** 32));
  }

  /** Which of its values a permutation takes: each once in every block of as many frames. */
  permuted({ values }: Listed, path: string): number {
    const n = countLevels(values);
    const block = Math.floor(this.index / n);
    const stream = streamFor({ seed: this.seed, frame: block, path: `${path}.permutation` });
    return permuteIndex(this.index % n, n, stream);
  }

  /** Which of its values a grid takes. */
  gridded({ values, hold }: Listed & Readonly<{ hold: number }>): number {
    return Math.floor(this.index / hold) % countLevels(values);
  }
}
