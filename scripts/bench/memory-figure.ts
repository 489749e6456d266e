import type { Figure } from './plot/figure.ts';
import type { Ink } from './plot/palette.ts';
import { type Kind, KINDS, type Sample } from './sample-memory.ts';

const LINES: Readonly<Record<Kind, Readonly<{ name: string; ink: Ink }>>> = {
  node: { name: 'Node', ink: 'red' },
  browser: { name: 'browser', ink: 'blue' },
  page: { name: 'page', ink: 'green' },
  gpu: { name: 'GPU process', ink: 'orange' },
};

/** What each kind of process holds over the frames of a run. */
export function memoryFigure(samples: readonly Sample[]): Figure {
  return {
    title: 'Memory over a run',
    panels: [
      {
        title: 'Held, by kind of process',
        x: { label: 'frames written', scale: 'linear' },
        y: { label: 'MiB', scale: 'linear' },
        lines: KINDS.map((kind) => ({
          ...LINES[kind],
          points: samples.map((each) => [each.frames, each[kind]]),
        })),
      },
    ],
  };
}
