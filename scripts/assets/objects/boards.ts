import { Shape, Path, ExtrudeGeometry, Vector3, type BufferGeometry } from 'three';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { loft } from '../lib/loft.ts';
import { card, glaze } from '../lib/materials.ts';
import { planarUv } from '../lib/rounded-box.ts';
import { circle, leaf, rect, starPath } from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';
import { weightedNormals } from '../lib/weighted-normals.ts';
import { paintWood, type WoodSpec } from '../lib/wood.ts';

interface CuttingBoard {
  /** Width (x), depth (z), thickness, corner radius, mm. */
  size: readonly [number, number, number, number];
  wood: WoodSpec;
  handle: boolean;
}

interface TrayVariant {
  size: readonly [width: number, depth: number, height: number, corner: number];
  print: 'wood' | 'dots' | 'leaves';
  color: string;
}

interface MatVariant {
  size: readonly [width: number, depth: number, corner: number];
  colors: readonly [string, string, string];
  pattern: 'check' | 'stripes' | 'mandala';
}

const BOARDS: readonly CuttingBoard[] = [
  {
    size: [380, 250, 22, 22],
    wood: { light: '#d9a86a', dark: '#8f5a2c', planks: 7, rings: 3 },
    handle: false,
  },
  {
    size: [300, 190, 18, 30],
    wood: { light: '#8d5d3b', dark: '#4a2c1a', planks: 1, rings: 9 },
    handle: true,
  },
  {
    size: [340, 230, 30, 12],
    wood: { light: '#ecd9b0', dark: '#c59f68', planks: 12, rings: 2 },
    handle: false,
  },
];

const TRAYS: readonly TrayVariant[] = [
  { size: [420, 300, 40, 40], print: 'wood', color: '#6b4428' },
  { size: [380, 280, 30, 60], print: 'dots', color: '#d9563f' },
  { size: [340, 240, 34, 24], print: 'leaves', color: '#24564a' },
];

const MATS: readonly MatVariant[] = [
  { size: [430, 300, 4], colors: ['#f4efe2', '#b3433a', '#d98c7f'], pattern: 'check' },
  { size: [450, 320, 4], colors: ['#28465e', '#e8dfc8', '#d8a23c'], pattern: 'stripes' },
  { size: [380, 380, 190], colors: ['#e6d3a8', '#8a5a2f', '#3f6b5c'], pattern: 'mandala' },
];

/** Texture frame of a horizontal surface read from +Z. */
const fromAbove = (geometry: BufferGeometry, width: number, depth: number): BufferGeometry =>
  planarUv(geometry, new Vector3(1, 0, 0), {
    up: new Vector3(0, 0, -1),
    spanX: width + 2,
    spanY: depth + 2,
  });

/** Outline of a rounded rectangle, optionally with a handle at +X. */
function boardShape({ size: [w, d, , r], handle }: CuttingBoard): Shape {
  const [x, y] = [w / 2, d / 2];
  const shape = new Shape();
  shape
    .moveTo(-x + r, -y)
    .lineTo(x - r, -y)
    .absarc(x - r, -y + r, r, -Math.PI / 2, 0, false);
  if (handle) {
    shape.bezierCurveTo(x, -45, x + 14, -24, x + 50, -24);
    shape.absarc(x + 90, 0, 24, -Math.PI / 2, Math.PI / 2, false);
    shape.bezierCurveTo(x + 14, 24, x, 45, x, y - r);
  }
  shape
    .absarc(x - r, y - r, r, 0, Math.PI / 2, false)
    .lineTo(-x + r, y)
    .absarc(-x + r, y - r, r, Math.PI / 2, Math.PI, false);
  shape.lineTo(-x, -y + r).absarc(-x + r, -y + r, r, Math.PI, 1.5 * Math.PI, false);
  const hole = new Path();
  const [hx, radius] = handle ? [x + 88, 9] : [x - 30, 10];
  hole.absarc(hx, 0, radius, 0, 2 * Math.PI, true);
  shape.holes.push(hole);
  return shape;
}

async function buildBoard(board: CuttingBoard, id: string): Promise<Part[]> {
  const [w, d, thickness] = board.size;
  const bevel = 2.4;
  const extruded = new ExtrudeGeometry(boardShape(board), {
    depth: thickness - 2 * bevel,
    bevelSize: bevel,
    bevelThickness: bevel,
    bevelSegments: 3,
    bevelOffset: -bevel,
    curveSegments: 10,
  });
  extruded.deleteAttribute('normal');
  const geometry = weightedNormals(mergeVertices(extruded.rotateX(-Math.PI / 2), 1e-3), 45);
  const map = await paintWood(
    { name: `${id} wood`, width: 640, height: 400, quality: 84 },
    board.wood,
  );
  const reach = board.handle ? 130 : 0;
  geometry.translate(-reach / 2, 0, 0);
  return [
    {
      name: 'board',
      geometry: fromAbove(geometry, w + reach, d),
      material: card('oiled wood', map, 0.55),
    },
  ];
}

/** Rounded rectangle at height y, inset from the outline; turns right-handed about +Y. */
function ring(size: readonly [number, number, number], inset: number, y: number): Vector3[] {
  const [w, d] = [size[0] / 2 - inset, size[1] / 2 - inset];
  const r = Math.max(1, Math.min(size[2] - inset, w, d));
  return Array.from({ length: 4 }, (_, corner) =>
    Array.from({ length: 11 }, (_, i) => {
      const angle = Math.PI + ((corner + i / 10) * Math.PI) / 2;
      const diagonal = Math.PI + ((corner + 0.5) * Math.PI) / 2;
      return new Vector3(
        (w - r) * Math.sign(Math.sin(diagonal)) + r * Math.sin(angle),
        y,
        (d - r) * Math.sign(Math.cos(diagonal)) + r * Math.cos(angle),
      );
    }),
  ).flat();
}

function trayPrint(tray: TrayVariant, w: number, d: number): string {
  const ground = rect({ x: 0, y: 0, w, h: d }, tray.color);
  const margin = 30;
  const [stepX, stepY] = [(w - 2 * margin) / 9, (d - 2 * margin) / 6];
  const cells = Array.from({ length: 54 }, (_, i) => ({
    x: margin + ((i % 9) + 0.5) * stepX,
    y: margin + (Math.floor(i / 9) + 0.5) * stepY,
    odd: (i + Math.floor(i / 9)) % 2,
  }));
  if (tray.print === 'dots')
    return (
      ground +
      cells
        .map((c) => circle({ x: c.x, y: c.y, r: c.odd ? 7 : 10 }, c.odd ? '#f2b84b' : '#fbefe0'))
        .join('')
    );
  return (
    ground +
    cells
      .map((c, i) =>
        leaf(
          `translate(${c.x} ${c.y}) rotate(${c.odd ? 35 : -35}) scale(3) translate(-5 0)`,
          i % 3 ? '#7fae8c' : '#e9d8a6',
        ),
      )
      .join('')
  );
}

async function buildTray(tray: TrayVariant, id: string): Promise<Part[]> {
  const [w, d, h, corner] = tray.size;
  const outline = [w, d, corner] as const;
  const steps: readonly (readonly [inset: number, y: number])[] = [
    [16, 0],
    [13, 0.4],
    [11.5, 2],
    [8, h * 0.35],
    [3, h * 0.8],
    [0.6, h - 2],
    [0.4, h - 0.6],
    [1.2, h],
    [3, h],
    [4, h - 0.8],
    [5.4, h * 0.78],
    [10.5, h * 0.4],
    [15, 5],
    [19, 3.6],
    [24, 3.4],
  ];
  const geometry = fromAbove(
    loft(
      steps.map(([inset, y]) => ring(outline, inset, y)),
      { creaseDegrees: 45 },
    ),
    w,
    d,
  );
  const map =
    tray.print === 'wood'
      ? await paintWood(
          { name: `${id} wood`, width: 640, height: 450, quality: 84 },
          { light: '#a8744a', dark: tray.color, planks: 4, rings: 4 },
        )
      : await renderSvg({
          name: `${id} print`,
          viewWidth: w,
          viewHeight: d,
          pixelWidth: 640,
          quality: 84,
          content: trayPrint(tray, w, d),
        });
  return [
    {
      name: 'tray',
      geometry,
      material:
        tray.print === 'wood' ? card('lacquered wood', map, 0.42) : glaze('melamine', map, 0.3),
    },
  ];
}

function matPrint({ colors: [ground, main, second], pattern, size: [w, d] }: MatVariant): string {
  const weave =
    Array.from({ length: Math.round(d / 2.5) }, (_, i) =>
      rect({ x: 0, y: i * 2.5, w, h: 1.1 }, i % 2 ? '#0000000e' : '#ffffff16'),
    ).join('') +
    Array.from({ length: Math.round(w / 2.5) }, (_, i) =>
      rect({ x: i * 2.5, y: 0, w: 1.1, h: d }, i % 2 ? '#00000012' : '#ffffff12'),
    ).join('');
  const base = rect({ x: 0, y: 0, w, h: d }, ground);
  if (pattern === 'check') {
    const rows = Array.from(
      { length: 8 },
      (_, i) =>
        `<rect x="0" y="${(i * d) / 8}" width="${w}" height="${d / 16}" fill="${second}" opacity="0.6"/>`,
    ).join('');
    const columns = Array.from(
      { length: 12 },
      (_, i) =>
        `<rect x="${(i * w) / 12}" y="0" width="${w / 24}" height="${d}" fill="${main}" opacity="0.5"/>`,
    ).join('');
    return base + rows + columns + weave;
  }
  if (pattern === 'stripes') {
    const bands = [0.06, 0.1, 0.16, 0.82, 0.88, 0.92]
      .map((x, i) =>
        rect(
          { x: w * x, y: 0, w: i % 3 === 1 ? w * 0.04 : w * 0.02, h: d },
          i % 3 === 1 ? second : main,
        ),
      )
      .join('');
    return base + bands + weave;
  }
  const rings = [0.47, 0.4, 0.31, 0.22, 0.12]
    .map((r, i) =>
      circle({ x: w / 2, y: d / 2, r: w * r }, [main, ground, second, ground, main][i] ?? main),
    )
    .join('');
  const petals = Array.from({ length: 24 }, (_, i) =>
    leaf(
      `translate(${w / 2} ${d / 2}) rotate(${i * 15}) translate(${w * 0.32} 0) scale(2.6)`,
      main,
    ),
  ).join('');
  return (
    base +
    rings +
    petals +
    `<path d="${starPath({ x: w / 2, y: d / 2, outer: w * 0.3, inner: w * 0.23, points: 16 })}" fill="${ground}" opacity="0.55"/>` +
    circle({ x: w / 2, y: d / 2, r: w * 0.1 }, second) +
    weave
  );
}

async function buildMat(mat: MatVariant, id: string): Promise<Part[]> {
  const [w, d, corner] = mat.size;
  const thickness = 2.6;
  const steps = [
    [1.2, 0],
    [0.4, 0.5],
    [0, thickness / 2],
    [0.3, thickness - 0.6],
    [1, thickness - 0.1],
    [3, thickness],
    [8, thickness - 0.4],
    [11, thickness - 0.1],
    [40, thickness - 0.1],
  ] as const;
  const rings = steps.map(([inset, y]) => ring([w, d, corner], inset, y));
  const map = await renderSvg({
    name: `${id} weave`,
    viewWidth: w,
    viewHeight: d,
    pixelWidth: 500,
    quality: 78,
    content: matPrint(mat),
  });
  return [
    {
      name: 'cloth',
      geometry: fromAbove(loft(rings, { creaseDegrees: 45 }), w, d),
      material: card('woven cotton', map, 0.92),
    },
  ];
}

/** Wooden cutting boards. */
export const cuttingBoardRecipes = recipesOf('cutting-board', BOARDS, buildBoard);

/** Serving trays. */
export const trayRecipes = recipesOf('tray', TRAYS, buildTray);

/** Woven placemats. */
export const placematRecipes = recipesOf('placemat', MATS, buildMat);
