import {
  barcode,
  circle,
  gradient,
  leaf,
  nutritionPanel,
  rect,
  smallPrint,
  text,
} from '../lib/svg-motifs.ts';

/** The unwrapped label in millimetres; the front is at half the width. */
export interface LabelArea {
  width: number;
  height: number;
}

function backPanel(area: LabelArea, ink: string, seed: string): string {
  const scale = Math.min(0.9, (area.height - 12) / 54);
  return (
    nutritionPanel({ x: area.width * 0.74, y: 6, scale }) +
    barcode({ x: area.width * 0.1, y: area.height - 28, scale: 1.1 }, seed) +
    smallPrint({ x: area.width * 0.1, y: 9, width: 34, lines: 6, size: 2.7 }, ink)
  );
}

/** Blue spring water label with hills. */
export function waterLabel(area: LabelArea): string {
  const { width: w, height: h } = area;
  const x = w / 2;
  return (
    `<defs>${gradient('sky', ['#eaf7ff', '#8fcdf3', '#2f8fd6'])}</defs>` +
    rect({ x: 0, y: 0, w, h }, 'url(#sky)') +
    `<path d="M${x - 60} ${h}L${x - 22} ${h * 0.45}L${x - 6} ${h * 0.66}L${x + 14} ${h * 0.36}L${x + 60} ${h}Z" fill="#1c5fa8"/>` +
    `<path d="M${x + 14} ${h * 0.36}L${x + 5} ${h * 0.51}L${x + 12} ${h * 0.5}L${x + 17} ${h * 0.56}L${x + 23.5} ${h * 0.5}Z" fill="#fff"/>` +
    text('Vallis', {
      x,
      y: h * 0.36,
      size: 22,
      fill: '#0c3c78',
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
    }) +
    text('STILL SPRING WATER', {
      x,
      y: h * 0.86,
      size: 5,
      fill: '#ffffff',
      weight: 700,
      spacing: 0.4,
    }) +
    rect({ x: 0, y: 0, w, h: 1.6 }, '#0c3c78') +
    rect({ x: 0, y: h - 1.6, w, h: 1.6 }, '#0c3c78') +
    backPanel(area, '#0c3c78', 'vallis')
  );
}

/** Orange juice label with a halved fruit. */
export function juiceLabel(area: LabelArea): string {
  const { width: w, height: h } = area;
  const x = w / 2;
  const wedges = Array.from(
    { length: 10 },
    (_, i) =>
      `<path transform="rotate(${i * 36} ${x} ${h * 0.66})" d="M${x} ${h * 0.66 - 2}L${x - 4} ${h * 0.66 - 14}Q${x} ${h * 0.66 - 17} ${x + 4} ${h * 0.66 - 14}Z" fill="#ff9a1f"/>`,
  ).join('');
  return (
    rect({ x: 0, y: 0, w, h }, '#fffaf0') +
    rect({ x: 0, y: 0, w, h: 5 }, '#2f8f3e') +
    rect({ x: 0, y: h - 5, w, h: 5 }, '#f28c18') +
    circle({ x, y: h * 0.66, r: 21 }, '#f28c18') +
    circle({ x, y: h * 0.66, r: 18.5 }, '#fff0cf') +
    wedges +
    leaf(`translate(${x + 12} ${h * 0.44}) rotate(-30) scale(1.5)`, '#2f8f3e') +
    text('SUNGROVE', { x, y: h * 0.28, size: 14, fill: '#d9480f', weight: 800, fitWidth: 66 }) +
    text('100 % orange juice · with pulp', {
      x,
      y: h * 0.37,
      size: 4.4,
      fill: '#2f8f3e',
      weight: 600,
    }) +
    backPanel(area, '#40342a', 'sungrove')
  );
}

/** Ketchup label. */
export function sauceLabel(area: LabelArea): string {
  const { width: w, height: h } = area;
  const x = w / 2;
  return (
    rect({ x: 0, y: 0, w, h }, '#b3211b') +
    `<path d="M${x - 34} 8H${x + 34}V${h - 22}L${x} ${h - 6}L${x - 34} ${h - 22}Z" fill="#fff6e0" stroke="#2f6b34" stroke-width="2"/>` +
    text('OLD MILL', {
      x,
      y: 24,
      size: 11.5,
      fill: '#8e1710',
      font: 'Liberation Serif',
      weight: 700,
      spacing: 0.6,
    }) +
    text('Ketchup', {
      x,
      y: 42,
      size: 17,
      fill: '#2b1a12',
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
    }) +
    circle({ x, y: 55, r: 7 }, '#d62f22') +
    leaf(`translate(${x} 49) rotate(-40) scale(0.7)`, '#2f6b34') +
    leaf(`translate(${x} 49) rotate(-140) scale(0.7)`, '#2f6b34') +
    `<g opacity="0.95">${backPanel(area, '#fff6e0', 'oldmill')}</g>`
  );
}

/** Herbal shampoo label with line-drawn leaves. */
export function shampooLabel(area: LabelArea): string {
  const { width: w, height: h } = area;
  const x = w / 2;
  const sprig = Array.from({ length: 9 }, (_, i) =>
    leaf(
      `translate(${x} ${h * 0.86 - i * 4}) rotate(${i % 2 ? -35 : -145}) scale(${1.25 - i * 0.08})`,
      '#3f6f66',
    ),
  ).join('');
  return (
    rect({ x: 0, y: 0, w, h }, '#84b6ad') +
    rect({ x: x - 36, y: 4, w: 72, h: h - 8, rx: 6 }, '#f5f2e9') +
    text('MIRELLE', {
      x,
      y: 22,
      size: 12,
      fill: '#2f3e46',
      font: 'Open Sans',
      weight: 300,
      spacing: 1.6,
    }) +
    rect({ x: x - 20, y: 27, w: 40, h: 0.6 }, '#2f3e46') +
    text('rosemary &amp; mint', {
      x,
      y: 36,
      size: 6,
      fill: '#3f6f66',
      font: 'Liberation Serif',
      italic: true,
    }) +
    text('SHAMPOO  250 ml', { x, y: 44, size: 4.4, fill: '#2f3e46', weight: 600, spacing: 0.5 }) +
    `<path d="M${x} ${h * 0.9}V${h * 0.5}" stroke="#3f6f66" stroke-width="0.8"/>` +
    sprig +
    barcode({ x: w * 0.02, y: h - 40, scale: 1.1 }, 'mirelle') +
    smallPrint({ x: w * 0.02, y: 12, width: 36, lines: 12, size: 2.8 }, '#20302f')
  );
}
