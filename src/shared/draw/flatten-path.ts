import { acos, cos, sin, TAU } from '../core/portable-math.ts';

/** Points of a line, [x, y] each. */
export type Polyline = readonly (readonly [x: number, y: number])[];

type Point = readonly [number, number];
type Pen = { at: Point; start: Point; lines: Point[][] };

/** Pieces that a curve is cut into: with glyphs of a hundred pixels, none is a tenth of a pixel off. */
const PIECES = 12;
const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, A: 7, Z: 0 };
const TOKEN = /[A-Z]|-?(?:\d*\.\d+|\d+)/g;

/**
 * Polylines of an SVG path of absolute M, L, H, V, C, A and Z, as the stroke font has them. Portable
 * arithmetic alone, so that they are the same on every machine.
 * @throws Error on a command of any other kind
 */
export function flattenPath(path: string): readonly Polyline[] {
  const tokens = path.match(TOKEN) ?? [];
  const pen: Pen = { at: [0, 0], start: [0, 0], lines: [] };
  let command = '';
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i] ?? '';
    if (/[A-Z]/.test(token)) {
      command = token;
      i += 1;
    } else if (command === 'M') command = 'L';
    const count = NUMBERS[command];
    if (count === undefined) throw new Error(`a path of strokes has no command "${command}"`);
    draw(pen, command, tokens.slice(i, i + count).map(Number));
    i += count;
  }
  return pen.lines;
}

function draw(
  pen: Pen,
  command: string,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0]: readonly number[],
): void {
  const [x, y] = pen.at;
  if (command === 'M') {
    pen.start = pen.at = [a, b];
    pen.lines.push([pen.at]);
  } else if (command === 'L') lineTo(pen, [a, b]);
  else if (command === 'H') lineTo(pen, [a, y]);
  else if (command === 'V') lineTo(pen, [x, a]);
  else if (command === 'Z') lineTo(pen, pen.start);
  else if (command === 'C') {
    for (let i = 1; i <= PIECES; i++)
      lineTo(
        pen,
        bezier(
          [
            [x, y],
            [a, b],
            [c, d],
            [e, f],
          ],
          i / PIECES,
        ),
      );
  } else arcTo(pen, { radii: [a, b], large: d !== 0, sweep: e !== 0, end: [f, g] });
}

function lineTo(pen: Pen, to: Point): void {
  pen.lines.at(-1)?.push(to);
  pen.at = to;
}

function bezier([p, q, r, s]: readonly [Point, Point, Point, Point], t: number): Point {
  const u = 1 - t;
  const at = (i: 0 | 1): number =>
    u * u * u * p[i] + 3 * u * u * t * q[i] + 3 * u * t * t * r[i] + t * t * t * s[i];
  return [at(0), at(1)];
}

/** From end points to centre and angles: SVG 2, appendix B.2.4, for ellipses along the axes. */
function arcTo(
  pen: Pen,
  {
    radii: [rx, ry],
    large,
    sweep,
    end,
  }: Readonly<{ radii: Point; large: boolean; sweep: boolean; end: Point }>,
): void {
  // On the unit circle.
  const [x1, y1] = [pen.at[0] / rx, pen.at[1] / ry];
  const [x2, y2] = [end[0] / rx, end[1] / ry];
  const [hx, hy] = [(x1 - x2) / 2, (y1 - y2) / 2];
  const half = hx * hx + hy * hy;
  const stretch = Math.sqrt(Math.max(0, 1 / half - 1)) * (large === sweep ? -1 : 1);
  const size = Math.max(1, Math.sqrt(half));
  const [cx, cy] = [(x1 + x2) / 2 + stretch * hy, (y1 + y2) / 2 - stretch * hx];
  const angleAt = (x: number, y: number): number => {
    const angle = acos(Math.min(1, Math.max(-1, (x - cx) / size)));
    return y < cy ? -angle : angle;
  };
  const from = angleAt(x1, y1);
  let turn = angleAt(x2, y2) - from;
  if (sweep && turn < 0) turn += TAU;
  if (!sweep && turn > 0) turn -= TAU;
  for (let i = 1; i < PIECES; i++) {
    const angle = from + (turn * i) / PIECES;
    lineTo(pen, [rx * (cx + size * cos(angle)), ry * (cy + size * sin(angle))]);
  }
  lineTo(pen, end);
}
