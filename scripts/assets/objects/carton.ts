import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { loft } from '../lib/loft.ts';
import { card, plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
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
import { renderSvg } from '../lib/svg-textures.ts';

interface CartonVariant {
  /** Edge of the square footprint and height up to the shoulder, mm. */
  width: number;
  shoulder: number;
  brand: string;
  line: string;
  colors: readonly [field: string, panel: string, ink: string];
  cap: string;
  motif: 'cow' | 'orange' | 'oat';
}

const VARIANTS: readonly CartonVariant[] = [
  {
    width: 70,
    shoulder: 195,
    brand: 'Almdal',
    line: 'FRESH WHOLE MILK',
    colors: ['#f7fafc', '#1f74c8', '#0e3f78'],
    cap: '#1f74c8',
    motif: 'cow',
  },
  {
    width: 70,
    shoulder: 190,
    brand: 'Soleil',
    line: 'ORANGE JUICE',
    colors: ['#ff9d1e', '#fff6e0', '#c24d06'],
    cap: '#2f8f3e',
    motif: 'orange',
  },
  {
    width: 64,
    shoulder: 170,
    brand: 'Havre',
    line: 'BARISTA OAT DRINK',
    colors: ['#e7dcc6', '#3d4a3a', '#3d4a3a'],
    cap: '#3d4a3a',
    motif: 'oat',
  },
];

const GABLE_HEIGHT = 34;
const FIN_HEIGHT = 16;

/** A rounded square at height y, starting at the middle of the back and turning over the left side. */
function squareRing(half: number, y: number): Vector3[] {
  const r = 2.2;
  const points: Vector3[] = [new Vector3(0, y, -half)];
  for (let corner = 0; corner < 4; corner++) {
    const start = Math.PI + (corner * Math.PI) / 2;
    const diagonal = start + Math.PI / 4;
    const centre = [
      (half - r) * Math.sign(Math.sin(diagonal)),
      (half - r) * Math.sign(Math.cos(diagonal)),
    ] as const;
    for (let i = 0; i <= 4; i++) {
      const angle = start + (i / 4) * (Math.PI / 2);
      points.push(new Vector3(centre[0] + r * Math.sin(angle), y, centre[1] + r * Math.cos(angle)));
    }
    if (corner < 3) {
      const side = start + Math.PI / 2;
      points.push(new Vector3(half * Math.sin(side), y, half * Math.cos(side)));
    }
  }
  return points;
}

/** Squeezes a square ring towards the ridge; the sides fold inwards. `t` runs from shoulder to ridge. */
function gableRing(half: number, y: number, t: number): Vector3[] {
  return squareRing(half, y).map((p) => {
    const middleOfSide = Math.abs(p.z) < 1 && Math.abs(p.x) > 1;
    const x = middleOfSide ? p.x * (1 - 0.62 * t) : p.x;
    return new Vector3(x, p.y, p.z * (1 - t) + Math.sign(p.z) * 1.1 * t);
  });
}

function cartonRings({ width, shoulder }: CartonVariant): Vector3[][] {
  const half = width / 2;
  const ridge = shoulder + GABLE_HEIGHT;
  const inset = squareRing(half - 1.4, 0);
  const body = [0, 0.25, 0.5, 0.75, 1].map((t) => squareRing(half, 1.4 + t * (shoulder - 1.4)));
  const gable = [0.04, 0.2, 0.4, 0.6, 0.8, 0.96, 1].map((t) =>
    gableRing(half, shoulder + t * GABLE_HEIGHT, t),
  );
  const fin = [0.3, 0.5, 0.9, 1].map((t) =>
    gableRing(half, ridge + t * FIN_HEIGHT, 1).map(
      (p) => new Vector3(p.x, p.y, p.z * (t === 1 ? 0.5 : 1)),
    ),
  );
  return [inset, ...body, ...gable, ...fin];
}

function motifSvg(carton: CartonVariant, x: number, y: number): string {
  const ink = carton.colors[2];
  if (carton.motif === 'orange') {
    const wedge = (i: number): string =>
      `<path transform="rotate(${i * 40} ${x} ${y})" d="M${x} ${y - 2}L${x - 5} ${y - 15}Q${x} ${y - 19} ${x + 5} ${y - 15}Z" fill="#ff9d1e"/>`;
    return (
      circle({ x, y, r: 24 }, '#ff8a0f') +
      circle({ x, y, r: 21.5 }, '#fff2d6') +
      Array.from({ length: 9 }, (_, i) => wedge(i)).join('') +
      leaf(`translate(${x + 14} ${y - 21}) rotate(-30) scale(1.7)`, '#2f8f3e')
    );
  }
  if (carton.motif === 'oat') {
    const ear = Array.from({ length: 11 }, (_, i) =>
      leaf(
        `translate(${x} ${y + 22 - i * 4.6}) rotate(${i % 2 ? -50 : -130}) scale(1.25)`,
        '#c08a3e',
      ),
    ).join('');
    return `<path d="M${x} ${y + 32}V${y - 26}" stroke="#c08a3e" stroke-width="1.4"/>${ear}`;
  }
  const patch = (dx: number, dy: number, [w, h]: readonly [number, number]): string =>
    `<path d="M${x + dx} ${y + dy}q${w * 0.4} ${-h * 0.5} ${w} 0q${w * 0.1} ${h * 0.7} ${-w * 0.5} ${h * 0.8}q${-w * 0.6} 0 ${-w * 0.5} ${-h * 0.8}z" fill="${ink}"/>`;
  return (
    `<path d="M${x - 35} ${y + 30}Q${x - 14} ${y + 16} ${x} ${y + 24}T${x + 35} ${y + 20}V${y + 40}H${x - 35}Z" fill="#5fae45"/>` +
    `<rect x="${x - 19}" y="${y - 4}" width="34" height="19" rx="8" fill="#fff" stroke="${ink}" stroke-width="1.2"/>` +
    [-16, -9, 5, 11]
      .map(
        (dx) =>
          `<rect x="${x + dx}" y="${y + 12}" width="3.6" height="12" fill="#fff" stroke="${ink}" stroke-width="0.9"/>`,
      )
      .join('') +
    `<ellipse cx="${x + 18}" cy="${y - 3}" rx="7.5" ry="6" fill="#fff" stroke="${ink}" stroke-width="1.2"/><ellipse cx="${x + 22}" cy="${y - 0.5}" rx="4" ry="3.6" fill="#f3b6b0"/>` +
    circle({ x: x + 17, y: y - 5, r: 0.9 }, ink) +
    patch(-12, 0, [10, 8]) +
    patch(2, 3, [9, 8])
  );
}

function mainPanel(carton: CartonVariant, at: { x: number; y: number; height: number }): string {
  const [field, panel, ink] = carton.colors;
  const dark = carton.motif === 'orange' ? ink : '#ffffff';
  return (
    rect({ x: at.x - 30, y: at.y + 14, w: 60, h: 62, rx: 5 }, panel) +
    text(carton.brand, {
      x: at.x,
      y: at.y + 46,
      size: 19,
      fill: dark,
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
    }) +
    text(carton.line, {
      x: at.x,
      y: at.y + 60,
      size: 5.2,
      fill: dark,
      weight: 700,
      spacing: 0.3,
      fitWidth: 52,
    }) +
    motifSvg(carton, at.x, at.y + at.height * 0.62) +
    text('1 L ℮', {
      x: at.x,
      y: at.y + at.height - 14,
      size: 9,
      fill: field === '#ff9d1e' ? '#fff' : ink,
      weight: 700,
    })
  );
}

function wrapSvg(carton: CartonVariant, width: number, height: number): string {
  const [field, panel, ink] = carton.colors;
  const top = height - carton.shoulder;
  const centre = (quarter: number): number => (width * quarter) / 4;
  const info = (x: number, seed: string): string =>
    rect({ x: x - 28, y: top + 14, w: 56, h: 84, rx: 3 }, '#ffffff') +
    nutritionPanel({ x: x - 24, y: top + 18, scale: 1.2 }) +
    smallPrint(
      { x: x - 27, y: top + 110, width: 54, lines: 9, size: 3.4 },
      field === '#ff9d1e' ? '#5a2a02' : ink,
    ) +
    barcode({ x: x - 21, y: top + carton.shoulder - 36, scale: 1.4 }, seed);
  const mains = [0, 2, 4]
    .map((q) => mainPanel(carton, { x: centre(q), y: top, height: carton.shoulder }))
    .join('');
  return (
    `<defs>${gradient('wrap', [field, field, field])}</defs>` +
    rect({ x: 0, y: 0, w: width, h: height }, 'url(#wrap)') +
    rect({ x: 0, y: 0, w: width, h: top + 4 }, panel) +
    rect({ x: 0, y: FIN_HEIGHT * 0.9, w: width, h: 0.8 }, '#00000040') +
    rect({ x: 0, y: height - 8, w: width, h: 8 }, panel) +
    mains +
    info(centre(1), `${carton.brand}1`) +
    info(centre(3), `${carton.brand}2`)
  );
}

/** The screw cap stands square on the front slope of the gable. */
function capPart(carton: CartonVariant): Part {
  const rows = [
    [0, -4],
    [14, -4],
    [14, 2, 0.5],
    [12, 2.6, 0.4],
    [11.6, 12, 1.4],
    [8, 12, 0.5],
    [7.6, 11.5, 0.4],
    [0, 11.5],
  ] as const;
  const geometry = zoneOf(latheZones(filletProfile(rows), 32), 'body');
  const slope = Math.atan2(GABLE_HEIGHT, carton.width / 2 - 1);
  geometry
    .rotateX(Math.PI / 2 - (Math.PI / 2 - slope))
    .translate(0, carton.shoulder + GABLE_HEIGHT * 0.46, carton.width * 0.27);
  return { name: 'cap', geometry, material: plastic('cap', carton.cap, 0.4) };
}

async function buildCarton(carton: CartonVariant, id: string): Promise<Part[]> {
  const slant = Math.hypot(GABLE_HEIGHT, carton.width / 2 - 1);
  const [width, height] = [carton.width * 4, carton.shoulder + slant + FIN_HEIGHT];
  const wrap = await renderSvg({
    name: `${id} wrap`,
    viewWidth: width,
    viewHeight: height,
    pixelWidth: 680,
    quality: 80,
    content: wrapSvg(carton, width, height),
  });
  return [
    {
      name: 'carton',
      geometry: loft(cartonRings(carton), { creaseDegrees: 70 }),
      material: card('coated card', wrap, 0.45),
    },
    capPart(carton),
  ];
}

/** Gable-top cartons. */
export const cartonRecipes = recipesOf('carton', VARIANTS, buildCarton);
