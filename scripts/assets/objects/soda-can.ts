import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { loft } from '../lib/loft.ts';
import { metal } from '../lib/materials.ts';
import { filletProfile, zoneLength, type ProfileRow } from '../lib/profile.ts';
import { merged } from '../lib/solid.ts';
import {
  barcode,
  circle,
  gradient,
  nutritionPanel,
  rect,
  smallPrint,
  starPath,
  text,
} from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface SodaVariant {
  radius: number;
  height: number;
  name: string;
  flavour: string;
  colors: readonly [main: string, deep: string, accent: string];
  motif: 'wave' | 'burst' | 'bubbles';
}

const VARIANTS: readonly SodaVariant[] = [
  {
    radius: 33,
    height: 115,
    name: 'FIZZO',
    flavour: 'CHERRY COLA',
    colors: ['#c8102e', '#7a0519', '#ffffff'],
    motif: 'wave',
  },
  {
    radius: 33,
    height: 115,
    name: 'Limetta',
    flavour: 'LEMON &amp; LIME',
    colors: ['#57b947', '#0c7a3d', '#fff04d'],
    motif: 'bubbles',
  },
  {
    radius: 28.5,
    height: 134,
    name: 'VOLT',
    flavour: 'ENERGY',
    colors: ['#1b2a6b', '#0a0f2e', '#3ce0ff'],
    motif: 'burst',
  },
];

function motifSvg(can: SodaVariant, width: number, height: number): string {
  const accent = can.colors[2];
  if (can.motif === 'wave') {
    const band = (y: number, thick: number, fill: string): string =>
      [0, 0.5]
        .map((at) => {
          const from = at * width;
          const w = width / 2;
          return `<path d="M${from} ${y}c${w * 0.3} -24 ${w * 0.7} 24 ${w} 0v${thick}c${-w * 0.3} 24 ${-w * 0.7} -24 ${-w} 0z" fill="${fill}"/>`;
        })
        .join('');
    return band(height * 0.64, 9, accent) + band(height * 0.75, 3, accent);
  }
  if (can.motif === 'burst') {
    return [0, 0.5]
      .map(
        (at) =>
          `<path d="${starPath({ x: at * width + width / 4 + width / 4, y: height * 0.42, outer: 52, inner: 21, points: 14 })}" fill="${accent}" opacity="0.9"/>`,
      )
      .join('');
  }
  return Array.from({ length: 70 }, (_, i) => {
    const bx = ((i * 0.618034) % 1) * width;
    const by = (0.1 + ((i * 0.754877) % 1) ** 0.7 * 0.88) * height;
    return circle(
      { x: +bx.toFixed(1), y: +by.toFixed(1), r: 1 + (i % 5) * 0.9 },
      i % 3 ? '#ffffff40' : `${accent}90`,
    );
  }).join('');
}

function canSvg(can: SodaVariant, width: number, height: number): string {
  const [main, deep, accent] = can.colors;
  const ink = can.motif === 'burst' ? deep : '#ffffff';
  const logo = (x: number): string =>
    text(can.name, {
      x,
      y: height * 0.46,
      size: 25,
      fill: ink,
      weight: 800,
      italic: true,
      fitWidth: can.radius * 1.62,
    }) +
    text(can.flavour, {
      x,
      y: height * 0.54,
      size: 6.4,
      fill: can.motif === 'burst' ? deep : accent,
      weight: 700,
      spacing: 0.6,
    });
  const side = width * 0.78;
  return (
    `<defs>${gradient('coat', [main, main, deep])}</defs>` +
    rect({ x: 0, y: 0, w: width, h: height }, 'url(#coat)') +
    motifSvg(can, width, height) +
    logo(width / 2) +
    text('330 ml ℮', { x: width / 2, y: height * 0.9, size: 5.5, fill: '#ffffff', weight: 600 }) +
    nutritionPanel({ x: side - 8, y: height * 0.2, scale: 0.72 }) +
    barcode({ x: width * 0.14, y: height * 0.3, scale: 1.05 }, can.name) +
    smallPrint({ x: width * 0.14, y: height * 0.56, width: 30, lines: 7, size: 2.6 }, '#ffffffd0')
  );
}

function canRows({ radius: r, height: h }: SodaVariant): ProfileRow[] {
  const neck = r - 5.5;
  return [
    [0, 9, 0, 'bottom'],
    [r * 0.4, 8, 8],
    [r * 0.68, 1.5, 3],
    [r * 0.72, 0, 1],
    [r * 0.77, 0, 1.2],
    [r * 0.97, 8, 4, 'coat'],
    [r, 12, 4],
    [r, h - 14, 7],
    [neck + 0.5, h - 4, 3, 'rim'],
    [neck, h - 2.4, 0.5],
    [neck + 1.2, h - 2, 0.5],
    [neck + 1.2, h, 0.9],
    [neck - 0.8, h, 0.7],
    [neck - 2.4, h - 6, 1],
    [neck - 4, h - 6, 0.6],
    [neck - 4.6, h - 3.6, 0.7],
    [0, h - 3.4],
  ];
}

/** The ring-pull tab: a flat oval with a rounded edge, pointing to +Z, and its rivet. */
function tabRings(height: number): Vector3[][] {
  const outline = (scale: number, y: number): Vector3[] =>
    Array.from({ length: 24 }, (_, i) => {
      const angle = (i / 24) * 2 * Math.PI;
      const sin = Math.sin(angle);
      const cos = Math.cos(angle);
      return new Vector3(7.6 * scale * sin, y, 4 + 11.5 * scale * cos * (1 - 0.06 * Math.abs(sin)));
    });
  const y = height - 3.4;
  return [
    outline(0.9, y + 0.3),
    outline(1, y + 0.7),
    outline(0.97, y + 1.3),
    outline(0.82, y + 1.5),
    outline(0.62, y + 1.1),
  ];
}

async function buildSodaCan(can: SodaVariant, id: string): Promise<Part[]> {
  const profile = filletProfile(canRows(can));
  const zones = latheZones(profile, 34);
  const [width, height] = [2 * Math.PI * can.radius, zoneLength(profile, 'coat')];
  const print = await renderSvg({
    name: `${id} print`,
    viewWidth: width,
    viewHeight: height,
    pixelWidth: 620,
    quality: 86,
    content: canSvg(can, width, height),
  });
  const aluminium = metal('aluminium', '#d9dbdd', 0.26);
  return [
    {
      name: 'body',
      geometry: zoneOf(zones, 'coat'),
      material: { name: 'lacquered aluminium', colorMap: print, metallic: 0.35, roughness: 0.32 },
    },
    {
      name: 'ends',
      geometry: merged([zoneOf(zones, 'bottom'), zoneOf(zones, 'rim')]),
      material: aluminium,
    },
    { name: 'tab', geometry: loft(tabRings(can.height)), material: aluminium },
  ];
}

/** Drink cans with ring-pull tabs. */
export const sodaCanRecipes = recipesOf('soda-can', VARIANTS, buildSodaCan);
