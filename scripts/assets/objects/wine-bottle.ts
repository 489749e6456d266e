import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, metal, plastic } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { merged } from '../lib/solid.ts';
import { barcode, circle, rect, smallPrint, starPath, text } from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface WineVariant {
  radius: number;
  height: number;
  /** Heights where the shoulder starts and where it has become the neck, mm. */
  shoulder: readonly [from: number, to: number];
  glass: string;
  foil: string;
  label: { paper: string; ink: string; accent: string; name: string; line: string; year: string };
}

const VARIANTS: readonly WineVariant[] = [
  {
    radius: 37.5,
    height: 300,
    shoulder: [196, 226],
    glass: '#16261a',
    foil: '#6d1023',
    label: {
      paper: '#f3ead6',
      ink: '#2b1d14',
      accent: '#8b1a2b',
      name: 'Château Orvelle',
      line: 'GRAND VIN ROUGE',
      year: '2019',
    },
  },
  {
    radius: 40.5,
    height: 296,
    shoulder: [150, 236],
    glass: '#5d6b1f',
    foil: '#c9a43c',
    label: {
      paper: '#fbfaf4',
      ink: '#2c3b20',
      accent: '#b08a2e',
      name: 'Domaine Lys',
      line: 'CHARDONNAY',
      year: '2021',
    },
  },
  {
    radius: 35,
    height: 330,
    shoulder: [142, 262],
    glass: '#5a2b10',
    foil: '#14324f',
    label: {
      paper: '#14324f',
      ink: '#f2ecd9',
      accent: '#e0b656',
      name: 'Rheinperle',
      line: 'RIESLING TROCKEN',
      year: '2022',
    },
  },
];

function bodyRows(wine: WineVariant): ProfileRow[] {
  const { radius: r, height: h, shoulder } = wine;
  const long = shoulder[1] - shoulder[0] > 60;
  return [
    [0, 22, 0, 'glass'],
    [r * 0.3, 20, 8],
    [r * 0.72, 1.5, 4],
    [r * 0.8, 0, 1.5],
    [r - 3, 0, 3],
    [r, 6, 4],
    [r, 45, 0, 'label'],
    [r, 45 + LABEL_HEIGHT, 0, 'upper'],
    [r, shoulder[0], long ? 60 : 26],
    [long ? 17 : 15.5, shoulder[1], long ? 60 : 22],
    [14.6, h - 62, 8],
    [14.6, h - 60, 0, 'foil'],
    [14.2, h - 17, 2],
    [15.6, h - 15, 0.8],
    [15.6, h - 5, 0.8],
    [14.4, h - 4, 0.6],
    [14.4, h, 1.6],
    [0, h],
  ];
}

const LABEL_HEIGHT = 88;

function labelSvg(wine: WineVariant, width: number): string {
  const { paper, ink, accent, name, line, year } = wine.label;
  const x = width / 2;
  const h = LABEL_HEIGHT;
  const serif = 'Liberation Serif';
  return (
    rect({ x: 0, y: 0, w: width, h }, wine.glass) +
    rect({ x: x - 46, y: 0, w: 92, h }, paper) +
    `<rect x="${x - 43}" y="3" width="86" height="${h - 6}" fill="none" stroke="${accent}" stroke-width="0.8"/>` +
    `<rect x="${x - 41.4}" y="4.6" width="82.8" height="${h - 9.2}" fill="none" stroke="${accent}" stroke-width="0.3"/>` +
    circle({ x, y: 21, r: 10.5 }, accent) +
    `<path d="${starPath({ x, y: 21, outer: 8, inner: 3.2, points: 8 })}" fill="${paper}"/>` +
    text(name, { x, y: 46, size: 11, fill: ink, font: serif, weight: 700, fitWidth: 70 }) +
    text(line, { x, y: 55, size: 5, fill: accent, font: serif, spacing: 1 }) +
    rect({ x: x - 22, y: 59, w: 44, h: 0.4 }, ink) +
    text(year, { x, y: 69, size: 8.5, fill: ink, font: serif, weight: 700, spacing: 1 }) +
    text('mis en bouteille au domaine · 750 ml', {
      x,
      y: 78,
      size: 3.2,
      fill: ink,
      font: serif,
      italic: true,
    }) +
    rect({ x: 2, y: 8, w: 52, h: h - 16 }, paper) +
    smallPrint({ x: 6, y: 17, width: 44, lines: 9, size: 3 }, ink) +
    barcode({ x: 12, y: 52, scale: 1.1 }, name)
  );
}

async function buildWine(wine: WineVariant, id: string): Promise<Part[]> {
  const zones = latheZones(filletProfile(bodyRows(wine)), 32);
  const width = 2 * Math.PI * wine.radius;
  const label = await renderSvg({
    name: `${id} label`,
    viewWidth: width,
    viewHeight: LABEL_HEIGHT,
    pixelWidth: 700,
    quality: 86,
    content: labelSvg(wine, width),
  });
  return [
    {
      name: 'glass',
      geometry: merged([zoneOf(zones, 'glass'), zoneOf(zones, 'upper')]),
      material: plastic('dark glass', wine.glass, 0.06),
    },
    { name: 'label', geometry: zoneOf(zones, 'label'), material: card('label', label, 0.5) },
    { name: 'foil', geometry: zoneOf(zones, 'foil'), material: metal('foil', wine.foil, 0.34) },
  ];
}

/** Bordeaux, Burgundy and Riesling bottles. */
export const wineBottleRecipes = recipesOf('wine-bottle', VARIANTS, buildWine);
