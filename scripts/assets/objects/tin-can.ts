import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, metal } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
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
import { merged } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface CanVariant {
  radius: number;
  height: number;
  brand: string;
  product: string;
  colors: { field: string; dark: string; accent: string };
  picture: (at: { x: number; y: number; size: number }) => string;
}

const tomato = ({ x, y, size }: { x: number; y: number; size: number }): string =>
  [-0.55, 0.55, 0]
    .map((offset, i) => {
      const [cx, cy] = [x + offset * size, y + (i === 2 ? size * 0.3 : 0)];
      return (
        circle({ x: cx, y: cy, r: size * 0.62 }, '#d62f22', 'stroke="#8e1710" stroke-width="0.5"') +
        `<ellipse cx="${cx - size * 0.2}" cy="${cy - size * 0.28}" rx="${size * 0.17}" ry="${size * 0.1}" fill="#ff9d87"/>` +
        [0, 72, 144, 216, 288]
          .map((turn) =>
            leaf(
              `translate(${cx} ${cy - size * 0.42}) rotate(${turn + 18}) scale(${size * 0.035})`,
              '#3f7d2c',
            ),
          )
          .join('')
      );
    })
    .join('');

const corn = ({ x, y, size }: { x: number; y: number; size: number }): string => {
  const grains = Array.from({ length: 60 }, (_, i) => {
    const [column, row] = [i % 6, Math.floor(i / 6)];
    const width = Math.sin(((row + 1.6) / 12.5) * Math.PI);
    const gx = x + (column - 2.5) * size * 0.17 * width;
    return `<ellipse cx="${gx.toFixed(2)}" cy="${(y - size + row * size * 0.19).toFixed(2)}" rx="${(size * 0.095 * width).toFixed(2)}" ry="${size * 0.105}" fill="${(column + row) % 3 ? '#f9c718' : '#ffdf5e'}" stroke="#c98d06" stroke-width="0.25"/>`;
  }).join('');
  const husk = [-1, 1]
    .map(
      (side) =>
        `<path d="M${x} ${y + size * 1.1}Q${x + side * size * 1.3} ${y + size * 0.5} ${x + side * size * 0.75} ${y - size * 0.5}Q${x + side * size * 0.45} ${y + size * 0.4} ${x} ${y + size * 1.1}Z" fill="#5a9a32"/>`,
    )
    .join('');
  return grains + husk;
};

const fish = ({ x, y, size }: { x: number; y: number; size: number }): string =>
  `<path d="M${x - size * 1.5} ${y}Q${x - size * 0.4} ${y - size} ${x + size * 0.9} ${y}L${x + size * 1.5} ${y - size * 0.55}L${x + size * 1.3} ${y}L${x + size * 1.5} ${y + size * 0.55}L${x + size * 0.9} ${y}Q${x - size * 0.4} ${y + size} ${x - size * 1.5} ${y}Z" fill="#dfe9ee" stroke="#274b66" stroke-width="0.7"/>` +
  circle({ x: x - size, y: y - size * 0.14, r: size * 0.1 }, '#1c2e3d') +
  [0, 1, 2]
    .map(
      (i) =>
        `<path d="M${x - size * 0.5 + i * size * 0.4} ${y - size * 0.3}q${size * 0.18} ${size * 0.3} 0 ${size * 0.6}" fill="none" stroke="#7d9fb5" stroke-width="0.6"/>`,
    )
    .join('');

const VARIANTS: readonly CanVariant[] = [
  {
    radius: 37,
    height: 110,
    brand: 'Casa Bruna',
    product: 'PEELED TOMATOES',
    colors: { field: '#f6ead0', dark: '#a3231b', accent: '#2e6b34' },
    picture: tomato,
  },
  {
    radius: 42,
    height: 82,
    brand: 'Goldacre',
    product: 'SWEET CORN',
    colors: { field: '#1f6b45', dark: '#0f3d27', accent: '#ffd23f' },
    picture: corn,
  },
  {
    radius: 43,
    height: 46,
    brand: 'Haven',
    product: 'TUNA IN WATER',
    colors: { field: '#2b6ea6', dark: '#123f68', accent: '#f2b632' },
    picture: fish,
  },
];

function labelSvg(can: CanVariant, width: number, height: number): string {
  const { field, dark, accent } = can.colors;
  const x = width / 2;
  const unit = Math.min(height / 100, 0.95);
  const lightField = field === '#f6ead0';
  const ink = lightField ? dark : '#ffffff';
  const side = width * 0.75;
  return (
    `<defs>${gradient('field', [field, field, dark])}</defs>` +
    rect({ x: 0, y: 0, w: width, h: height }, lightField ? field : 'url(#field)') +
    rect({ x: 0, y: 0, w: width, h: height * 0.07 }, dark) +
    rect({ x: 0, y: height * 0.075, w: width, h: height * 0.02 }, accent) +
    rect({ x: 0, y: height * 0.93, w: width, h: height * 0.07 }, dark) +
    `<ellipse cx="${x}" cy="${height * 0.31}" rx="${43 * unit}" ry="${height * 0.16}" fill="${dark}" stroke="${accent}" stroke-width="${1.6 * unit}"/>` +
    text(can.brand, {
      x,
      y: height * 0.31 + 6.5 * unit,
      size: 18 * unit,
      fill: '#fff8e6',
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
    }) +
    can.picture({ x, y: height * 0.61, size: 14 * unit }) +
    text(can.product, {
      x,
      y: height * 0.9,
      size: 8 * unit,
      fill: ink,
      weight: 800,
      spacing: 0.3,
    }) +
    nutritionPanel({ x: side - 18 * unit, y: height * 0.16, scale: 0.95 * unit }) +
    smallPrint(
      { x: side + 24 * unit, y: height * 0.2, width: 32 * unit, lines: 9, size: 2.7 * unit },
      ink,
    ) +
    barcode({ x: width * 0.14, y: height * 0.62, scale: 1.15 * unit }, can.product) +
    text('400 g ℮', {
      x: width * 0.14 + 17 * unit,
      y: height * 0.5,
      size: 8 * unit,
      fill: ink,
      weight: 700,
    }) +
    smallPrint(
      { x: width * 0.14, y: height * 0.18, width: 34 * unit, lines: 5, size: 3 * unit },
      ink,
    )
  );
}

function canRows({ radius: r, height: h }: CanVariant): ProfileRow[] {
  const rim: ProfileRow[] = [
    [r + 1.6, h - 3.4, 0.9],
    [r + 1.6, h, 1],
    [r - 1, h, 0.9],
    [r - 1.6, h - 4.5, 1],
    [r - 6, h - 4.5, 1],
    [r - 8, h - 3.2, 1],
    [r - 12, h - 3.2, 1],
    [r - 14, h - 4.2, 1],
    [0, h - 4.2],
  ];
  return [
    [0, 3.2, 0, 'metal'],
    [r - 8, 3.2, 1],
    [r - 2, 4, 1],
    [r - 1.4, 0, 0.9],
    [r + 1.6, 0, 1],
    [r + 1.6, 3.4, 0.9],
    [r, 4.6, 0.6],
    [r, 5.5, 0, 'label'],
    [r, h - 5.5, 0, 'rim'],
    [r, h - 4.6, 0.6],
    ...rim,
  ];
}

async function buildCan(can: CanVariant, id: string): Promise<Part[]> {
  const zones = latheZones(filletProfile(canRows(can)), 36);
  const [width, height] = [2 * Math.PI * can.radius, can.height - 11];
  const label = await renderSvg({
    name: `${id} label`,
    viewWidth: width,
    viewHeight: height,
    pixelWidth: 720,
    quality: 86,
    content: labelSvg(can, width, height),
  });
  const tin = metal('tinplate', '#d5d6d4', 0.28);
  return [
    {
      name: 'can',
      geometry: merged([zoneOf(zones, 'metal'), zoneOf(zones, 'rim')]),
      material: tin,
    },
    { name: 'label', geometry: zoneOf(zones, 'label'), material: card('paper label', label, 0.55) },
  ];
}

/** Food tins with paper labels. */
export const tinCanRecipes = recipesOf('tin-can', VARIANTS, buildCan);
