import { barcode, circle, leaf, rect, smallPrint, text } from '../lib/svg-motifs.ts';

/** What is printed on a book. */
export interface CoverDesign {
  title: readonly [string, string];
  author: string;
  colors: readonly [ground: string, accent: string, ink: string];
  art: 'waves' | 'geometry' | 'moon' | 'leaves';
}

function waves(w: number, h: number, accent: string): string {
  const rows = Array.from({ length: 9 }, (_, i) => {
    const y = h * 0.5 + i * h * 0.055;
    const step = w / 6;
    let path = `M${-step * (i % 2) * 0.5} ${y}`;
    for (let k = 0; k < 8; k++) path += `q${step / 2} ${-h * 0.035} ${step} 0`;
    return `<path d="${path}V${h}H-20Z" fill="${['#1d5c7d', '#174c69'][i % 2]}" stroke="#8fc1cf" stroke-width="0.7"/>`;
  }).join('');
  return (
    circle({ x: w * 0.68, y: h * 0.45, r: w * 0.17 }, accent) +
    rows +
    `<path d="M${w * 0.22} ${h * 0.56}h${w * 0.24}l${-w * 0.05} ${h * 0.035}h${-w * 0.15}z" fill="#f4efe2"/><path d="M${w * 0.34} ${h * 0.55}V${h * 0.42}L${w * 0.44} ${h * 0.54}Z" fill="#ffffff"/>`
  );
}

function geometry(w: number, h: number, colors: CoverDesign['colors']): string {
  const palette = [colors[1], colors[2], '#edae49', '#00798c'];
  const cell = w / 5;
  return Array.from({ length: 25 }, (_, i) => {
    const [x, y] = [(i % 5) * cell, h * 0.42 + Math.floor(i / 5) * cell];
    const fill = palette[(i * 7 + Math.floor(i / 5)) % 4] ?? colors[1];
    const turn = `transform="rotate(${((i * 3) % 4) * 90} ${x + cell / 2} ${y + cell / 2})"`;
    return i % 3 === 1
      ? circle({ x: x + cell / 2, y: y + cell / 2, r: cell * 0.36 }, fill)
      : `<path ${turn} d="M${x + cell * 0.08} ${y + cell * 0.08}h${cell * 0.84}a${cell * 0.84} ${cell * 0.84} 0 0 1 ${-cell * 0.84} ${cell * 0.84}z" fill="${fill}"/>`;
  }).join('');
}

function moon(w: number, h: number, colors: CoverDesign['colors']): string {
  const stars = Array.from({ length: 44 }, (_, i) =>
    circle(
      {
        x: +(((i * 0.618034) % 1) * w).toFixed(1),
        y: +(((i * 0.754877) % 1) * h * 0.6).toFixed(1),
        r: 0.3 + (i % 3) * 0.3,
      },
      colors[2],
    ),
  ).join('');
  const windows = Array.from({ length: 6 }, (_, i) =>
    rect({ x: w * (0.3 + i * 0.11), y: h * 0.735, w: w * 0.07, h: h * 0.028, rx: 1 }, '#ffd873'),
  ).join('');
  return (
    stars +
    circle({ x: w * 0.5, y: h * 0.5, r: w * 0.27 }, colors[1]) +
    circle({ x: w * 0.42, y: h * 0.47, r: w * 0.05 }, '#c43350') +
    circle({ x: w * 0.58, y: h * 0.53, r: w * 0.035 }, '#c43350') +
    `<path d="M0 ${h * 0.7}L${w * 0.25} ${h * 0.58}L${w * 0.45} ${h * 0.68}L${w * 0.7} ${h * 0.55}L${w} ${h * 0.69}V${h}H0Z" fill="#11111f"/>` +
    rect({ x: w * 0.24, y: h * 0.72, w: w * 0.8, h: h * 0.065, rx: 3 }, '#3b3b63') +
    windows +
    rect({ x: 0, y: h * 0.795, w, h: 1.2 }, colors[2])
  );
}

function leaves(w: number, h: number, accent: string): string {
  return [0.25, 0.5, 0.75]
    .map((fx, stem) => {
      const x = w * fx;
      const blades = Array.from({ length: 9 }, (_, i) =>
        leaf(
          `translate(${x} ${h * 0.88 - i * h * 0.045}) rotate(${i % 2 ? -38 : -142}) scale(${3 - i * 0.2})`,
          stem === 1 ? accent : '#b9c9a0',
        ),
      ).join('');
      return `<path d="M${x} ${h * 0.93}V${h * 0.5}" stroke="#f6e7c8" stroke-width="1.2"/>${blades}`;
    })
    .join('');
}

function art(design: CoverDesign, w: number, h: number): string {
  if (design.art === 'waves') return waves(w, h, design.colors[1]);
  if (design.art === 'geometry') return geometry(w, h, design.colors);
  if (design.art === 'moon') return moon(w, h, design.colors);
  return leaves(w, h, design.colors[1]);
}

/** Front cover, w × h millimetres. */
export function drawFrontCover(design: CoverDesign, w: number, h: number): string {
  const [ground, accent, ink] = design.colors;
  const size = w * 0.125;
  const title = design.title
    .map((line, i) =>
      text(line, {
        x: w / 2,
        y: h * 0.15 + i * size * 1.2,
        size,
        fill: ink,
        font: 'Liberation Serif',
        weight: 700,
      }),
    )
    .join('');
  const authorY = design.art === 'moon' || design.art === 'waves' ? h * 0.94 : h * 0.36;
  const author = text(design.author, {
    x: w / 2,
    y: authorY,
    size: w * 0.055,
    fill: design.art === 'waves' ? '#ffffff' : accent,
    weight: 700,
    spacing: 1,
  });
  return (
    rect({ x: 0, y: 0, w, h }, ground) +
    art(design, w, h) +
    title +
    author +
    rect({ x: 3.5, y: 0, w: 1, h }, '#00000028')
  );
}

/** Spine with the title running from the head downwards, w × h millimetres. */
export function drawSpine(design: CoverDesign, w: number, h: number): string {
  const [ground, accent, ink] = design.colors;
  const size = Math.min(w * 0.42, 11);
  return (
    rect({ x: 0, y: 0, w, h }, ground) +
    rect({ x: 0, y: h * 0.06, w, h: 1.6 }, accent) +
    rect({ x: 0, y: h * 0.92, w, h: 1.6 }, accent) +
    text(design.title.join(' '), {
      x: w / 2 - size * 0.34,
      y: h * 0.1,
      size,
      fill: ink,
      font: 'Liberation Serif',
      weight: 700,
      anchor: 'start',
      rotate: 90,
      fitWidth: h * 0.5,
    }) +
    text(design.author, {
      x: w / 2 - size * 0.26,
      y: h * 0.66,
      size: size * 0.7,
      fill: accent,
      weight: 700,
      anchor: 'start',
      rotate: 90,
      fitWidth: h * 0.23,
    })
  );
}

/** Back cover with blurb and bar code, w × h millimetres. */
export function drawBackCover(design: CoverDesign, w: number, h: number): string {
  const [ground, accent, ink] = design.colors;
  return (
    rect({ x: 0, y: 0, w, h }, ground) +
    text(design.title.join(' '), {
      x: w / 2,
      y: h * 0.14,
      size: w * 0.07,
      fill: accent,
      font: 'Liberation Serif',
      weight: 700,
    }) +
    smallPrint({ x: w * 0.14, y: h * 0.24, width: w * 0.72, lines: 14, size: 5 }, ink) +
    barcode({ x: w * 0.6, y: h * 0.84, scale: 1.3 }, design.author)
  );
}
