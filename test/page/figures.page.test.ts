import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../scripts/bench/plot/figure.ts';
import { drawFigures } from '../../scripts/bench/plot/draw-figures.ts';

/** y = 100 / x is a straight line where both axes are logarithmic, y = 2x where both are linear. */
const FIGURE: Figure = {
  title: 'Laws',
  panels: [
    {
      title: 'Power',
      x: {
        label: 'objects',
        scale: 'log',
        ticks: [1, 10, 100].map((at) => ({ at, text: `${at} k` })),
      },
      y: { label: 'images/s', scale: 'log' },
      lines: [{ name: 'inverse', ink: 'blue', points: [1, 10, 100].map((x) => [x, 100 / x]) }],
    },
    {
      title: 'Line',
      x: { label: 'frames', scale: 'linear' },
      y: { label: 'MiB', scale: 'linear' },
      lines: [
        { name: 'twice', ink: 'red', dashed: true, points: [0, 1, 4].map((x) => [x, 2 * x]) },
        { name: 'elsewhere', ink: 'green', points: [[2, 3]] },
      ],
    },
  ],
};

let svg = '';
beforeAll(async () => {
  [svg = ''] = await drawFigures([FIGURE]);
});

/** Corners of the first line in an ink that is two pixels wide, in pixels. */
function cornersOf(ink: string): readonly (readonly [number, number])[] {
  const [, data = ''] =
    new RegExp(`class="s-${ink}"[^>]*stroke-width="2"[^>]* d="([^"]*)"`).exec(svg) ?? [];
  return data
    .split(/[ML]/)
    .filter((point) => point !== '')
    .map((point) => point.split(' ').map(Number) as [number, number]);
}

const slopes = (points: readonly (readonly [number, number])[]): readonly number[] =>
  points.slice(1).map(([x, y], i) => {
    const [x0, y0] = points[i] ?? [NaN, NaN];
    return (y - y0) / (x - x0);
  });

describe('a figure', () => {
  it('shows a power law straight on logarithmic axes, and a line on linear ones', () => {
    for (const [ink, down] of [
      ['blue', true],
      ['red', false],
    ] as const) {
      const corners = cornersOf(ink);
      expect(corners).toHaveLength(3);
      const [first = NaN, second = NaN] = slopes(corners);
      expect(second).toBeCloseTo(first, 2);
      // Pixels count downwards.
      expect(first > 0).toBe(down);
    }
  });

  it('spaces decades evenly, and numbers by their distance', () => {
    const spans = (ink: string): readonly number[] =>
      cornersOf(ink)
        .slice(1)
        .map(([x], i) => x - (cornersOf(ink)[i]?.[0] ?? NaN));
    const [first = NaN, second = NaN] = spans('blue');
    expect(second / first).toBeCloseTo(1, 2);
    const [near = NaN, far = NaN] = spans('red');
    expect(far / near).toBeCloseTo(3, 1);
  });

  it('names its title, plots, axes with units, lines and ticks', () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    for (const text of ['Laws', 'Power', 'objects', 'images/s', '1 k', '10 k', '100 k', 'inverse'])
      expect(texts).toContain(text);
    for (const text of ['MiB', 'twice', 'elsewhere', '0', '8']) expect(texts).toContain(text);
  });

  it('has dashes where they are asked for, and inks of dark pages', () => {
    expect(svg).toMatch(/class="s-red"[^>]*stroke-dasharray="6 4"/);
    expect(svg).toContain('@media (prefers-color-scheme: dark){');
    expect(svg).toContain('.s-blue{stroke:#4ba3d8}');
  });
});
