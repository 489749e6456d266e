import { circle, leaf, rect, text } from '../lib/svg-motifs.ts';

/** The unwrapped outside of a vessel in millimetres; the front is at half the width. */
export interface PrintArea {
  width: number;
  height: number;
}

/** A white mug with an alpine badge and a blue rim line. */
export function mountainPrint({ width, height }: PrintArea): string {
  const x = width / 2;
  const y = height * 0.5;
  const peaks =
    `<path d="M${x - 34} ${y + 18}L${x - 12} ${y - 14}L${x - 2} ${y}L${x + 10} ${y - 22}L${x + 36} ${y + 18}Z" fill="#28527a"/>` +
    `<path d="M${x + 10} ${y - 22}L${x + 1.5} ${y - 6.5}L${x + 6} ${y - 3}L${x + 10} ${y - 8}L${x + 15} ${y - 2}L${x + 20} ${y - 6}Z" fill="#f7fbff"/>` +
    `<path d="M${x - 12} ${y - 14}L${x - 18} ${y - 5}L${x - 13} ${y - 2}L${x - 9} ${y - 6}L${x - 6} ${y - 6}Z" fill="#f7fbff"/>`;
  return (
    rect({ x: 0, y: 0, w: width, h: height }, '#f6f3ec') +
    rect({ x: 0, y: 3, w: width, h: 2.6 }, '#28527a') +
    circle({ x: x + 22, y: y - 20, r: 8 }, '#f08a4b') +
    peaks +
    text('NORDHYTTE', { x, y: y + 28, size: 9, fill: '#28527a', weight: 800, spacing: 1.2 }) +
    text('est. 1962', {
      x,
      y: y + 36,
      size: 5.4,
      fill: '#f08a4b',
      font: 'Liberation Serif',
      italic: true,
    })
  );
}

/** Sliced citrus fruit scattered over cream. */
export function citrusPrint({ width, height }: PrintArea): string {
  const colors = ['#f2a541', '#e4572e', '#9bc53d', '#f4d35e'];
  const slices = Array.from({ length: 18 }, (_, i) => {
    const x = ((i * 0.618034 * 5) % 1) * (width - 30) + 15;
    const y = 16 + ((i * 37) % 100) * 0.01 * (height - 36);
    const r = 10.5 + (i % 3) * 2;
    const color = colors[i % colors.length] ?? '#f2a541';
    const wedges = Array.from({ length: 8 }, (_, k) => {
      const [from, to] = [k * 45 + 4, k * 45 + 41].map((d) => (d * Math.PI) / 180) as [
        number,
        number,
      ];
      const at = (a: number): string =>
        `${(x + r * 0.74 * Math.cos(a)).toFixed(2)} ${(y + r * 0.74 * Math.sin(a)).toFixed(2)}`;
      return `<path d="M${x} ${y}L${at(from)}L${at((from + to) / 2)}L${at(to)}Z" fill="${color}" stroke="${color}" stroke-linejoin="round" stroke-width="0.8"/>`;
    }).join('');
    return circle({ x, y, r }, color) + circle({ x, y, r: r * 0.86 }, '#fff8e7') + wedges;
  }).join('');
  return (
    rect({ x: 0, y: 0, w: width, h: height }, '#fdf3dc') +
    slices +
    rect({ x: 0, y: 0, w: width, h: 4 }, '#e9b44c')
  );
}

/** Reactive teal glaze over a bare sand-coloured foot, with hand-drawn bands and leaves. */
export function stripePrint({ width, height }: PrintArea): string {
  const wave = (y: number, depth: number): string => {
    let path = `M0 ${y}`;
    for (let i = 0; i < 24; i++)
      path += `q${width / 96} ${i % 2 ? depth : -depth} ${width / 48} 0t${width / 48} 0`;
    return path;
  };
  const leaves = Array.from({ length: 16 }, (_, i) =>
    leaf(
      `translate(${((i + 0.5) * width) / 16} ${height * 0.47}) rotate(${i % 2 ? -55 : 55}) scale(1.3) translate(-5 0)`,
      '#f0e3c8',
    ),
  ).join('');
  return (
    rect({ x: 0, y: 0, w: width, h: height }, '#3d6b66') +
    rect({ x: 0, y: 0, w: width, h: 5 }, '#7d5a3c') +
    rect({ x: 0, y: height * 0.34, w: width, h: 1.6 }, '#f0e3c8') +
    rect({ x: 0, y: height * 0.59, w: width, h: 1.6 }, '#f0e3c8') +
    leaves +
    `<path d="${wave(height * 0.78, 3)}V${height}H0Z" fill="#cda77c"/>` +
    `<path d="${wave(height * 0.78, 3)}" fill="none" stroke="#2b4d49" stroke-width="1.2"/>`
  );
}

/** White enamel with a navy rim, a compass rose and a name. */
export function camperPrint({ width, height }: PrintArea): string {
  const x = width / 2;
  const y = height * 0.45;
  const star = (r: number, turn: number, fill: string): string =>
    `<path transform="rotate(${turn} ${x} ${y})" d="M${x} ${y - r}L${x + r * 0.16} ${y - r * 0.16}L${x + r} ${y}L${x + r * 0.16} ${y + r * 0.16}L${x} ${y + r}L${x - r * 0.16} ${y + r * 0.16}L${x - r} ${y}L${x - r * 0.16} ${y - r * 0.16}Z" fill="${fill}"/>`;
  return (
    rect({ x: 0, y: 0, w: width, h: height }, '#fafaf6') +
    rect({ x: 0, y: 0, w: width, h: 5 }, '#1f3f6e') +
    `<circle cx="${x}" cy="${y}" r="17" fill="none" stroke="#1f3f6e" stroke-width="1.1"/>` +
    star(14, 45, '#7fa3cf') +
    star(19, 0, '#1f3f6e') +
    circle({ x, y, r: 2.4 }, '#fafaf6') +
    text('TRAIL &amp; TIDE', {
      x,
      y: y + 30,
      size: 7.5,
      fill: '#b5382a',
      weight: 800,
      spacing: 0.8,
    })
  );
}
