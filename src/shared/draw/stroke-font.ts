/*
 * A font of strokes, our own, for printable ASCII and a few signs: pictures come out the same whatever fonts
 * a machine has, none included.
 *
 * A glyph is how far to go on, and an SVG path for a round pen of STROKE_UNITS; 20 units to the size of the
 * text. The baseline is y = 0, y goes down, capitals reach −14, small letters −10, descenders 4.5.
 */

/** Units to the size of a text. */
export const UNITS_PER_SIZE = 20;
/** Width of the pen, units. */
export const STROKE_UNITS = 2;
/** Height of capitals, units. */
export const CAP_UNITS = 14;
/** Added after each glyph, units. */
const TRACKING = 1.7;

type Glyph = readonly [advance: number, path: string];

const BOWL = 'A4 5 0 1 1';
const UNKNOWN: Glyph = [11, 'M1.5-14H9.5V0H1.5Z'];

const GLYPHS: Readonly<Record<string, Glyph>> = {
  ' ': [5, ''],
  '!': [3, 'M1.5-14V-4.5M1.5-.2V-.1'],
  '"': [6.5, 'M1.5-14V-10.5M5-14V-10.5'],
  '#': [11, 'M3.5-13L2 0M9-13L7.5 0M1-9H10.5M.5-4.2H10'],
  $: [
    12,
    'M10-11.5C9.2-13.2 7.6-14 5.9-14C3.6-14 1.8-12.7 1.8-10.5C1.8-5.8 10.5-8.4 10.5-3.7C10.5-1.3 8.5 0 6 0C3.7 0 2-1 1.3-2.9M6-16V2',
  ],
  '%': [
    13,
    'M10.5-14L2.5 0M1.2-11A2.3 3 0 1 1 5.8-11A2.3 3 0 1 1 1.2-11M7.2-3A2.3 3 0 1 1 11.8-3A2.3 3 0 1 1 7.2-3',
  ],
  '&': [
    12,
    'M11 0L3.6-9.2A2.9 2.9 0 1 1 7.8-9.4C6.5-8 1.5-6.8 1.5-3.4C1.5-1.2 3.2 0 5.2 0C8 0 10.3-2.6 10.5-6.5',
  ],
  "'": [3, 'M1.5-14V-10.5'],
  '(': [5, 'M4-16A13 13 0 0 0 4 3'],
  ')': [5, 'M1-16A13 13 0 0 1 1 3'],
  '*': [8, 'M4-14V-7M1-12.2L7-8.8M7-12.2L1-8.8'],
  '+': [11, 'M5.5-10.5V-1.5M1-6H10'],
  ',': [3.5, 'M2-.3L1 3'],
  '-': [7.5, 'M1.3-5.5H6.2'],
  '.': [3, 'M1.5-.2V-.1'],
  '/': [8, 'M1 2L7-15.5'],
  '0': [11.5, 'M1.5-7A4.3 7 0 1 1 10.1-7A4.3 7 0 1 1 1.5-7'],
  '1': [11.5, 'M2.5-11L6.5-14V0'],
  '2': [11.5, 'M1.8-10A4 4 0 0 1 9.8-10C9.8-6.8 5.2-4 1.7 0H10.2'],
  '3': [11.5, 'M1.9-14H9.6L5.2-8.6A4.3 4.3 0 1 1 1.5-2.1'],
  '4': [11.5, 'M8 0V-14L1.2-4.2H10.6'],
  '5': [11.5, 'M9.4-14H3L2.4-7.9A4.5 4.5 0 1 1 1.6-1.9'],
  '6': [11.5, 'M8.4-14C4.5-11 1.5-7.8 1.5-4.3A4.3 4.3 0 1 0 10.1-4.3A4.3 4.3 0 1 0 1.5-4.3'],
  '7': [11.5, 'M1.5-14H10L4.5 0'],
  '8': [
    11.5,
    'M5.8-7.7A3.3 3.15 0 1 1 5.8-14A3.3 3.15 0 1 1 5.8-7.7A4.1 3.85 0 1 0 5.8 0A4.1 3.85 0 1 0 5.8-7.7',
  ],
  '9': [11.5, 'M3.2 0C7.1-3 10.1-6.2 10.1-9.7A4.3 4.3 0 1 0 1.5-9.7A4.3 4.3 0 1 0 10.1-9.7'],
  ':': [3, 'M1.5-.2V-.1M1.5-8.2V-8.1'],
  ';': [3.5, 'M2-.3L1 3M1.9-8.2V-8.1'],
  '<': [10.5, 'M9-10.5L1.5-6L9-1.5'],
  '=': [11, 'M1-8H10M1-4H10'],
  '>': [10.5, 'M1.5-10.5L9-6L1.5-1.5'],
  '?': [10, 'M1.3-10.6A3.8 3.8 0 1 1 6.6-7C5.3-6.2 5-5.5 5-4.3M5-.2V-.1'],
  '@': [
    17,
    'M10.5-9.5V-4.5A2.5 2.3 0 0 0 15.5-4.5V-6A7 7 0 1 0 12 .6M10.5-6.5A3.2 3.4 0 1 1 4.1-6.5A3.2 3.4 0 1 1 10.5-6.5',
  ],
  A: [13, 'M1 0L6.5-14L12 0M3-5H10'],
  B: [11.8, 'M1.5-14V0H6.5A3.8 3.8 0 0 0 6.5-7.6H1.5M6.2-7.6A3.2 3.2 0 0 0 6.2-14H1.5'],
  C: [12.6, 'M11.5-11A5.5 7 0 1 0 11.5-3'],
  D: [13.5, 'M1.5-14V0H5A7 7 0 0 0 5-14Z'],
  E: [10.8, 'M9.5-14H1.5V0H9.5M1.5-7.3H8.5'],
  F: [10.2, 'M9.5-14H1.5V0M1.5-7H8.3'],
  G: [14, 'M11.5-11A5.5 7 0 1 0 12.4-6H7.8'],
  H: [13, 'M1.5-14V0M11.5-14V0M1.5-7.2H11.5'],
  I: [3, 'M1.5-14V0'],
  J: [8.5, 'M7-14V-4A3.3 4 0 0 1 .8-2.4'],
  K: [11.8, 'M1.5-14V0M10.5-14L1.5-5M5-8.4L11 0'],
  L: [10, 'M1.5-14V0H9'],
  M: [15.5, 'M1.5 0V-14L7.8-3L14-14V0'],
  N: [13, 'M1.5 0V-14L11.5 0V-14'],
  O: [14.4, 'M1.5-7A5.7 7 0 1 1 12.9-7A5.7 7 0 1 1 1.5-7'],
  P: [11.3, 'M1.5 0V-14H6.5A4 4 0 0 1 6.5-6H1.5'],
  Q: [14.4, 'M1.5-7A5.7 7 0 1 1 12.9-7A5.7 7 0 1 1 1.5-7M9-3.5L13 .8'],
  R: [11.8, 'M1.5 0V-14H6.5A4 4 0 0 1 6.5-6H1.5M6.3-6L10.8 0'],
  S: [
    12,
    'M10-11.5C9.2-13.2 7.6-14 5.9-14C3.6-14 1.8-12.7 1.8-10.5C1.8-5.8 10.5-8.4 10.5-3.7C10.5-1.3 8.5 0 6 0C3.7 0 2-1 1.3-2.9',
  ],
  T: [12, 'M.8-14H11.2M6-14V0'],
  U: [13, 'M1.5-14V-5A5 5 0 0 0 11.5-5V-14'],
  V: [12.6, 'M1-14L6.3 0L11.6-14'],
  W: [18, 'M1-14L4.8 0L9-13L13.2 0L17-14'],
  X: [12, 'M1.2-14L10.8 0M10.8-14L1.2 0'],
  Y: [12, 'M1-14L6-6.8L11-14M6-6.8V0'],
  Z: [12, 'M1.5-14H10.5L1.3 0H10.9'],
  '[': [5.5, 'M4.5-16H1.5V3H4.5'],
  '\\': [8, 'M1-15.5L7 2'],
  ']': [5.5, 'M1-16H4V3H1'],
  '^': [11, 'M1.5-9.5L5.5-14L9.5-9.5'],
  _: [10, 'M.5 3H9.5'],
  '`': [5, 'M1.5-15L4-12.5'],
  a: [11, `M9.5-10V0M9.5-5${BOWL} 1.5-5${BOWL} 9.5-5`],
  b: [11, `M1.5-14.5V0M1.5-5${BOWL} 9.5-5${BOWL} 1.5-5`],
  c: [9.6, 'M8.8-8.2A4 5 0 1 0 8.8-1.8'],
  d: [11, `M9.5-14.5V0M9.5-5${BOWL} 1.5-5${BOWL} 9.5-5`],
  e: [10.8, 'M1.7-5H9.5A4 5 0 1 0 8.3-1.4'],
  f: [7, 'M7.3-14.3H6.5A3 3 0 0 0 3.5-11.3V0M1-10H7'],
  g: [11, `M9.5-5${BOWL} 1.5-5${BOWL} 9.5-5M9.5-10V.5A4 4 0 0 1 5.5 4.5H5A4 4 0 0 1 2 3.2`],
  h: [11, 'M1.5-14.5V0M1.5-6A4 4 0 0 1 9.5-6V0'],
  i: [3, 'M1.5-10V0M1.5-14V-13.9'],
  j: [4.5, 'M3-10V1.5A3 3 0 0 1 0 4.5M3-14V-13.9'],
  k: [9.5, 'M1.5-14.5V0M8.5-10L1.5-3.5M4.2-6L9 0'],
  l: [4.5, 'M1.5-14.5V-2A2 2 0 0 0 3.5 0'],
  m: [17, 'M1.5-10V0M1.5-6.5A3.5 3.5 0 0 1 8.5-6.5V0M8.5-6.5A3.5 3.5 0 0 1 15.5-6.5V0'],
  n: [11, 'M1.5-10V0M1.5-6A4 4 0 0 1 9.5-6V0'],
  o: [11, `M1.5-5${BOWL} 9.5-5${BOWL} 1.5-5`],
  p: [11, `M1.5-10V4.5M1.5-5${BOWL} 9.5-5${BOWL} 1.5-5`],
  q: [11, `M9.5-10V4.5M9.5-5${BOWL} 1.5-5${BOWL} 9.5-5`],
  r: [7, 'M1.5-10V0M1.5-6A4 4 0 0 1 5.5-10H6.3'],
  s: [
    9.6,
    'M8-8.3C7.4-9.5 6.2-10 4.9-10C3-10 1.7-9 1.7-7.5C1.7-4 8.3-6 8.3-2.6C8.3-1 6.9 0 5 0C3.2 0 1.9-.7 1.4-2',
  ],
  t: [8.2, 'M3.8-13.5V-3A3 3 0 0 0 6.8 0H7.3M1-10H7.1'],
  u: [11, 'M1.5-10V-4A4 4 0 0 0 9.5-4V-10M9.5-10V0'],
  v: [10, 'M1-10L5 0L9-10'],
  w: [15, 'M1-10L4.2 0L7.5-9.5L10.8 0L14-10'],
  x: [9.5, 'M1.2-10L8.3 0M8.3-10L1.2 0'],
  y: [10, 'M1-10L5 0M9-10L4.2 2.6A3 3 0 0 1 1.4 4.5'],
  z: [9.8, 'M1.5-10H8.3L1.3 0H8.6'],
  '{': [6, 'M5-16C2-16 3.5-7.5 1-6.5C3.5-5.5 2 3 5 3'],
  '|': [3, 'M1.5-16V3'],
  '}': [6, 'M1-16C4-16 2.5-7.5 5-6.5C2.5-5.5 4 3 1 3'],
  '~': [11, 'M1-5C2.5-8.5 4.5-7 5.5-6C6.5-5 8.5-3.5 10-7'],
  '°': [6, 'M1-12A2 2 0 1 1 5-12A2 2 0 1 1 1-12'],
  '·': [3, 'M1.5-6.2V-6.1'],
  '×': [10, 'M1.5-9.5L8.5-2.5M8.5-9.5L1.5-2.5'],
  '–': [10, 'M1-5.5H9'],
  '…': [13, 'M1.5-.2V-.1M6.5-.2V-.1M11.5-.2V-.1'],
};

/** Glyphs of a text: accents are dropped, what the font does not have is an empty box. */
function glyphsOf(text: string): readonly Glyph[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...plain.replace(/[‐‑]/g, '-').replace(/\s/g, ' ')].map(
    (character) => GLYPHS[character] ?? UNKNOWN,
  );
}

/** Whether the font has a sign for every character of a text. */
export function canWrite(text: string): boolean {
  return glyphsOf(text).every((glyph) => glyph !== UNKNOWN);
}

/** Width of a text, in the unit of its size. */
export function textWidth(text: string, size: number): number {
  const units = glyphsOf(text).reduce((sum, [advance]) => sum + advance + TRACKING, 0);
  return (Math.max(0, units - TRACKING) * size) / UNITS_PER_SIZE;
}

/** Where a glyph stands, units from the beginning of its text, and its path. */
export type PlacedGlyph = Readonly<{ x: number; path: string }>;

/** The strokes of a text, spaces left out. */
export function layOutText(text: string): readonly PlacedGlyph[] {
  const placed: PlacedGlyph[] = [];
  let x = 0;
  for (const [advance, path] of glyphsOf(text)) {
    if (path !== '') placed.push({ x, path });
    x += advance + TRACKING;
  }
  return placed;
}
