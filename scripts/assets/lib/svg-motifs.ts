import { randomFrom } from './noise.ts';

/** Position, size and colour of a line of text, in drawing units. */
export interface TextStyle {
  x: number;
  y: number;
  size: number;
  fill: string;
  font?: string;
  weight?: number;
  anchor?: 'start' | 'middle' | 'end';
  italic?: boolean;
  /** Extra space between letters. */
  spacing?: number;
  /** Squeezes or stretches the line to this width. */
  fitWidth?: number;
  /** Rotation about (x, y) in degrees. */
  rotate?: number;
}

/** A line of text; y is its baseline. */
export function text(line: string, style: TextStyle): string {
  const fit = style.fitWidth
    ? ` textLength="${style.fitWidth}" lengthAdjust="spacingAndGlyphs"`
    : '';
  const turn = style.rotate ? ` transform="rotate(${style.rotate} ${style.x} ${style.y})"` : '';
  return (
    `<text x="${style.x}" y="${style.y}" font-size="${style.size}" fill="${style.fill}" ` +
    `font-family="${style.font ?? 'Open Sans'}" font-weight="${style.weight ?? 400}" ` +
    `font-style="${style.italic ? 'italic' : 'normal'}" letter-spacing="${style.spacing ?? 0}" ` +
    `text-anchor="${style.anchor ?? 'middle'}"${fit}${turn}>${line}</text>`
  );
}

/** A filled rectangle. */
export function rect(
  box: { x: number; y: number; w: number; h: number; rx?: number },
  fill: string,
): string {
  return `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" rx="${box.rx ?? 0}" fill="${fill}"/>`;
}

/** A filled circle. */
export function circle(at: { x: number; y: number; r: number }, fill: string, extra = ''): string {
  return `<circle cx="${at.x}" cy="${at.y}" r="${at.r}" fill="${fill}" ${extra}/>`;
}

/** A vertical linear gradient to refer to as `url(#id)`. */
export function gradient(id: string, stops: readonly string[]): string {
  const marks = stops
    .map((color, i) => `<stop offset="${i / (stops.length - 1)}" stop-color="${color}"/>`)
    .join('');
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${marks}</linearGradient>`;
}

/** A bar code with its number, width 30 and height 18 drawing units times scale. */
export function barcode(at: { x: number; y: number; scale: number }, seed: string): string {
  const random = randomFrom(`barcode-${seed}`);
  let bars = rect({ x: 0, y: 0, w: 30, h: 18, rx: 0.6 }, '#ffffff');
  let x = 2;
  while (x < 27) {
    const width = 0.28 * (1 + Math.floor(random() * 3));
    bars += rect({ x: +x.toFixed(2), y: 1.5, w: +width.toFixed(2), h: 12.5 }, '#111111');
    x += width + 0.28 * (1 + Math.floor(random() * 3));
  }
  const digits = Array.from({ length: 13 }, () => Math.floor(random() * 10)).join('');
  bars += text(digits, {
    x: 15,
    y: 17,
    size: 2.9,
    fill: '#111111',
    font: 'Liberation Mono',
    spacing: 0.25,
  });
  return `<g transform="translate(${at.x} ${at.y}) scale(${at.scale})">${bars}</g>`;
}

const NUTRIENTS = [
  ['Energy', '1 610 kJ', true],
  ['Fat', '4.2 g', true],
  ['of which saturates', '0.9 g', false],
  ['Carbohydrate', '68 g', true],
  ['of which sugars', '17 g', false],
  ['Fibre', '8.4 g', true],
  ['Protein', '9.6 g', true],
  ['Salt', '0.58 g', true],
] as const;

/** A nutrition table, width 40 and height 52 drawing units times scale. */
export function nutritionPanel(at: { x: number; y: number; scale: number }): string {
  const frame = `<rect width="40" height="52" fill="#fdfdfb" stroke="#111" stroke-width="0.6"/>`;
  const rows = NUTRIENTS.map(([label, amount, bold], i) => {
    const y = 15.5 + i * 4.8;
    const weight = bold ? 700 : 400;
    return (
      text(label, { x: bold ? 2 : 4, y, size: 2.9, fill: '#111', anchor: 'start', weight }) +
      text(amount, { x: 38, y, size: 2.9, fill: '#111', anchor: 'end' }) +
      rect({ x: 2, y: y + 1.2, w: 36, h: 0.22 }, '#555')
    );
  });
  const head =
    text('Nutrition', { x: 2, y: 6, size: 5.4, fill: '#111', anchor: 'start', weight: 800 }) +
    text('per 100 g', { x: 2, y: 10, size: 2.8, fill: '#111', anchor: 'start' }) +
    rect({ x: 2, y: 11, w: 36, h: 1 }, '#111');
  return `<g transform="translate(${at.x} ${at.y}) scale(${at.scale})">${frame}${head}${rows.join('')}</g>`;
}

/** Grey bars that read as small print from normal distance. */
export function smallPrint(
  at: { x: number; y: number; width: number; lines: number; size: number },
  fill: string,
): string {
  const random = randomFrom(`print-${at.x}-${at.y}-${at.lines}`);
  const words = [
    'oat',
    'flakes',
    'sugar',
    'of',
    'whole',
    'salt',
    'may',
    'contain',
    'traces',
    'best',
    'before',
    'see',
    'keep',
    'cool',
    'and',
    'dry',
    'store',
    'nuts',
    'water',
  ];
  return Array.from({ length: at.lines }, (_, i) => {
    let line = '';
    while (line.length < (at.width / at.size) * 1.75)
      line += `${words[Math.floor(random() * words.length)]} `;
    const width = i === at.lines - 1 ? at.width * 0.6 : at.width;
    const shown = i === at.lines - 1 ? line.slice(0, line.length * 0.6) : line;
    const y = at.y + i * at.size * 1.3;
    return text(shown.trim(), {
      x: at.x,
      y,
      size: at.size,
      fill,
      anchor: 'start',
      fitWidth: width,
    });
  }).join('');
}

/** Points of a star or sunburst polygon around a centre. */
export function starPath(at: {
  x: number;
  y: number;
  outer: number;
  inner: number;
  points: number;
}): string {
  const corners = Array.from({ length: at.points * 2 }, (_, i) => {
    const angle = (i / at.points) * Math.PI - Math.PI / 2;
    const radius = i % 2 === 0 ? at.outer : at.inner;
    return `${(at.x + radius * Math.cos(angle)).toFixed(2)},${(at.y + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${corners.join('L')}Z`;
}

/** A simple leaf pointing right from (0, 0), length 10, to be placed with a transform. */
export function leaf(transform: string, fill: string): string {
  return (
    `<g transform="${transform}"><path d="M0 0 C2 -4 7 -4 10 0 C7 4 2 4 0 0Z" fill="${fill}"/>` +
    `<path d="M0.5 0 L9 0" stroke="rgba(255,255,255,0.5)" stroke-width="0.35" fill="none"/></g>`
  );
}
