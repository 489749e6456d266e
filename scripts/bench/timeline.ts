import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Trace } from '#node/bench/trace-events';
import { drawFigures } from './plot/draw-figures.ts';
import { timelineFigure } from './timeline-figure.ts';

/**
 * `npm run bench:timeline -- --out FILE TRACE[=TITLE] …`: draws traces of `diorama bench --trace` below each other, as
 * SVG, of each the same part.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    title: { type: 'string', default: 'What is done when' },
    /** Milliseconds from the first step. */
    from: { type: 'string', default: '1000' },
    until: { type: 'string', default: '2200' },
    out: { type: 'string', default: 'timeline.svg' },
  },
});

const parts = positionals.map((given) => {
  const [path = '', title = path] = given.split('=');
  const trace = JSON.parse(readFileSync(path, 'utf8')) as Trace;
  return { title, trace, fromMs: Number(values.from), untilMs: Number(values.until) };
});
const [svg = ''] = await drawFigures([timelineFigure(values.title, parts)]);
writeFileSync(values.out, svg);
