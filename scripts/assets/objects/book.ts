import { Vector3, type BufferGeometry } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { loft } from '../lib/loft.ts';
import { card } from '../lib/materials.ts';
import { createNoise } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb } from '../lib/pixel-textures.ts';
import { roundedBox } from '../lib/rounded-box.ts';
import { merged } from '../lib/solid.ts';
import { renderSvg, svgPanel } from '../lib/svg-textures.ts';
import { drawBackCover, drawFrontCover, drawSpine, type CoverDesign } from './book-covers.ts';

interface BookVariant extends CoverDesign {
  /** Cover width (x), cover height (z) and total thickness (y), mm. */
  width: number;
  height: number;
  thickness: number;
  board: number;
  roughness: number;
}

const VARIANTS: readonly BookVariant[] = [
  {
    width: 140,
    height: 212,
    thickness: 32,
    board: 2.6,
    roughness: 0.42,
    title: ['The Salt', 'Cartographer'],
    author: 'ILSE MARENGO',
    colors: ['#0f3b57', '#f2c14e', '#e7efe9'],
    art: 'waves',
  },
  {
    width: 155,
    height: 230,
    thickness: 24,
    board: 2.4,
    roughness: 0.5,
    title: ['Small Machines', 'of Wonder'],
    author: 'T. OKAFOR',
    colors: ['#f4ede0', '#d1495b', '#2e4057'],
    art: 'geometry',
  },
  {
    width: 110,
    height: 178,
    thickness: 38,
    board: 1.6,
    roughness: 0.36,
    title: ['Night Train', 'to Varna'],
    author: 'MIRA DESAI',
    colors: ['#1b1b2f', '#e43f5a', '#f5f0e1'],
    art: 'moon',
  },
  {
    width: 200,
    height: 255,
    thickness: 19,
    board: 2.8,
    roughness: 0.55,
    title: ['A Kitchen', 'in the Hills'],
    author: 'LUCIA BRANDT',
    colors: ['#5f7a5a', '#f6e7c8', '#fffaf0'],
    art: 'leaves',
  },
];

/** Sets UVs of a flat board: its top (or bottom) shows a rectangle of the cover drawing. */
function boardUv(
  geometry: BufferGeometry,
  area: { u0: number; u1: number; width: number; height: number; down: boolean },
): BufferGeometry {
  const [position, uv] = [geometry.getAttribute('position'), geometry.getAttribute('uv')];
  for (let i = 0; i < position.count; i++) {
    const across = 0.5 + position.getX(i) / area.width;
    const u = area.u0 + (area.u1 - area.u0) * (area.down ? 1 - across : across);
    uv.setXY(i, u, Math.min(1, Math.max(0, 0.5 - position.getZ(i) / area.height)));
  }
  return geometry;
}

/** The rounded spine: an arc of board thickness run along the book's height. */
function spineShell(book: BookVariant, area: { u0: number; u1: number }): BufferGeometry {
  const half = book.thickness / 2;
  const bulge = 5.5;
  const radius = (half * half + bulge * bulge) / (2 * bulge);
  const spread = Math.asin(half / radius);
  const arc = (r: number, t: number): [number, number] => {
    const angle = (t - 0.5) * 2 * spread;
    return [-(r * Math.cos(angle) - radius + bulge), r * Math.sin(angle)];
  };
  const steps = 12;
  const outline: [number, number, number][] = [];
  for (let i = 0; i <= steps; i++) outline.push([...arc(radius, i / steps), i / steps]);
  for (let i = steps; i >= 0; i--)
    outline.push([...arc(radius - book.board, i / steps), i / steps]);
  outline.reverse();
  const edge = book.height / 2;
  const rings = [-edge, -edge + 0.6, 0, edge - 0.6, edge].map((z, i) => {
    const inset = i === 0 || i === 4 ? 0.4 : 0;
    return outline.map(([x, y]) => new Vector3(x + inset, y * (1 - inset / half), z));
  });
  const geometry = loft(rings, { creaseDegrees: 50 });
  const [position, uv] = [geometry.getAttribute('position'), geometry.getAttribute('uv')];
  for (let i = 0; i < position.count; i++) {
    const t = Math.min(1, Math.max(0, 0.5 + position.getY(i) / book.thickness));
    uv.setXY(i, area.u0 + (area.u1 - area.u0) * t, 0.5 - position.getZ(i) / book.height);
  }
  return geometry;
}

/** The block of pages, with a hollow fore edge. */
function pageBlock(book: BookVariant): BufferGeometry {
  const half = book.thickness / 2 - book.board + 0.05;
  const [left, right] = [-book.width / 2 + 6, book.width / 2 - 4];
  const outline: [number, number][] = [];
  for (let i = 0; i <= 8; i++) {
    const t = i / 8;
    outline.push([right - 3 * Math.sin(Math.PI * t), -half + 2 * half * t]);
  }
  for (let i = 0; i <= 8; i++) {
    const t = i / 8;
    outline.push([left - 2.4 * Math.sin(Math.PI * t), half - 2 * half * t]);
  }
  const edge = book.height / 2 - 4;
  const geometry = loft(
    [-edge, -edge / 3, edge / 3, edge].map((z) => outline.map(([x, y]) => new Vector3(x, y, z))),
    { creaseDegrees: 30 },
  );
  const [position, uv] = [geometry.getAttribute('position'), geometry.getAttribute('uv')];
  for (let i = 0; i < position.count; i++) {
    uv.setXY(
      i,
      0.5 + (position.getX(i) + position.getZ(i)) / (2.2 * (book.width + book.height)),
      0.5 + position.getY(i) / (2.1 * half),
    );
  }
  return geometry;
}

async function buildBook(book: BookVariant, id: string): Promise<Part[]> {
  const { width: w, height: h, thickness } = book;
  const sheet = 2 * w + thickness;
  const content =
    svgPanel({ x: 0, y: 0, width: w, height: h }, drawBackCover(book, w, h)) +
    svgPanel({ x: w, y: 0, width: thickness, height: h }, drawSpine(book, thickness, h)) +
    svgPanel({ x: w + thickness, y: 0, width: w, height: h }, drawFrontCover(book, w, h));
  const cover = await renderSvg({
    name: `${id} cover`,
    viewWidth: sheet,
    viewHeight: h,
    pixelWidth: 780,
    quality: 78,
    content,
  });
  const noise = createNoise(id);
  const pages = await paintTexture(
    { name: `${id} pages`, width: 128, height: 128, quality: 82 },
    (u, v) => {
      const line = noise(v * 90, 3, 5) * 0.6 + noise(v * 45, u * 3, 9) * 0.4;
      return mixRgb(rgb('#efe6d0'), rgb('#b9a984'), Math.max(0, line));
    },
  );
  const board = {
    width: w - 6,
    height: book.board,
    depth: h,
    radius: Math.min(0.9, book.board / 2.2),
    steps: 3,
  };
  const [backEnd, spineEnd] = [w / sheet, (w + thickness) / sheet];
  const area = { width: w - 6, height: h };
  const top = boardUv(roundedBox(board), { ...area, u0: spineEnd, u1: 1, down: false });
  const bottom = boardUv(roundedBox(board), { ...area, u0: 0, u1: backEnd, down: true });
  const lift = (thickness - book.board) / 2;
  const spine = spineShell(book, { u0: backEnd, u1: spineEnd }).translate(-w / 2 + 6.2, 0, 0);
  return [
    {
      name: 'cover',
      geometry: merged([top.translate(3, lift, 0), bottom.translate(3, -lift, 0), spine]),
      material: card('printed cover', cover, book.roughness),
    },
    { name: 'pages', geometry: pageBlock(book), material: card('paper', pages, 0.85) },
  ];
}

/** Hardbacks and a paperback, lying with the front cover up and the spine at -X. */
export const bookRecipes = recipesOf('book', VARIANTS, buildBook);
