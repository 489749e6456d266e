import { recipesOf, type Part } from '../lib/asset-model.ts';
import { lathe } from '../lib/lathe.ts';
import { plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
import { atlasSvg, cubeAtlas, roundedBox, type FaceName } from '../lib/rounded-box.ts';
import { merged } from '../lib/solid.ts';
import { circle, rect, starPath, text } from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface LetterBlock {
  size: number;
  letters: string;
  colors: readonly [string, string, string];
}

interface StudBrick {
  /** Studs along x and z; the pitch is 16 mm. */
  studs: readonly [number, number];
  height: number;
  color: string;
}

const LETTER_BLOCKS: readonly LetterBlock[] = [
  { size: 42, letters: 'ABC', colors: ['#d63b32', '#2a7fc1', '#2f9a55'] },
  { size: 42, letters: 'KRM', colors: ['#e8a020', '#7a4fb0', '#d63b32'] },
];

const BRICKS: readonly StudBrick[] = [
  { studs: [4, 2], height: 19, color: '#c4161c' },
  { studs: [2, 2], height: 19, color: '#f2b705' },
];

function grain(size: number, seed: number): string {
  return Array.from({ length: 14 }, (_, i) => {
    const y = ((i + 0.5) * size) / 14 + Math.sin(i * 2.1 + seed) * 0.6;
    return `<path d="M0 ${y}Q${size * 0.3} ${y + Math.sin(i + seed) * 1.4} ${size * 0.6} ${y}T${size} ${y + 0.5}" fill="none" stroke="#b98a52" stroke-opacity="${0.18 + (i % 3) * 0.12}" stroke-width="${0.35 + (i % 4) * 0.15}"/>`;
  }).join('');
}

function drawFace(block: LetterBlock, name: FaceName): string {
  const s = block.size;
  const order: readonly FaceName[] = ['front', 'right', 'top', 'back', 'left', 'bottom'];
  const index = order.indexOf(name);
  const color = block.colors[index % 3] ?? '#d63b32';
  const frame = `<rect x="${s * 0.085}" y="${s * 0.085}" width="${s * 0.83}" height="${s * 0.83}" rx="${s * 0.05}" fill="none" stroke="${color}" stroke-width="${s * 0.065}"/>`;
  const wood = rect({ x: 0, y: 0, w: s, h: s }, '#e9c794') + grain(s, index * 3);
  if (index < 3)
    return (
      wood +
      frame +
      text(block.letters[index] ?? 'A', {
        x: s / 2,
        y: s * 0.73,
        size: s * 0.64,
        fill: color,
        font: 'DejaVu Serif',
        weight: 700,
      })
    );
  if (index === 3)
    return (
      wood +
      frame +
      `<path d="${starPath({ x: s / 2, y: s / 2, outer: s * 0.3, inner: s * 0.13, points: 5 })}" fill="${color}"/>`
    );
  if (index === 4) return wood + frame + circle({ x: s / 2, y: s / 2, r: s * 0.24 }, color);
  return (
    wood +
    frame +
    `<path d="M${s / 2} ${s * 0.72}C${s * 0.1} ${s * 0.45} ${s * 0.32} ${s * 0.18} ${s / 2} ${s * 0.38}C${s * 0.68} ${s * 0.18} ${s * 0.9} ${s * 0.45} ${s / 2} ${s * 0.72}Z" fill="${color}"/>`
  );
}

async function buildBlock(block: LetterBlock | StudBrick, id: string): Promise<Part[]> {
  if ('studs' in block) return buildBrick(block, id);
  const atlas = cubeAtlas(block.size);
  const print = await renderSvg({
    name: `${id} faces`,
    viewWidth: atlas.width,
    viewHeight: atlas.height,
    pixelWidth: 720,
    quality: 84,
    content: atlasSvg(atlas, (name) => drawFace(block, name)),
  });
  const cube = { width: block.size, height: block.size, depth: block.size, radius: 2.6, steps: 5 };
  return [
    {
      name: 'block',
      geometry: roundedBox(cube, atlas),
      material: plastic('painted wood', print, 0.5),
    },
  ];
}

async function buildBrick(brick: StudBrick, id: string): Promise<Part[]> {
  const pitch = 16;
  const [nx, nz] = brick.studs;
  const box = {
    width: nx * pitch - 0.4,
    height: brick.height,
    depth: nz * pitch - 0.4,
    radius: 0.7,
    steps: 3,
  };
  const rows = [
    [4.7, -0.5],
    [4.7, 4.4, 0.6],
    [3.2, 4.4, 0.3],
    [3, 4.1, 0.3],
    [0, 4.1],
  ] as const;
  const studs = Array.from({ length: nx * nz }, (_, i) =>
    lathe(filletProfile(rows), 22).translate(
      ((i % nx) - (nx - 1) / 2) * pitch,
      brick.height / 2,
      (Math.floor(i / nx) - (nz - 1) / 2) * pitch,
    ),
  );
  const moulding = await renderSvg({
    name: `${id} color`,
    viewWidth: 8,
    viewHeight: 8,
    pixelWidth: 16,
    content: rect({ x: 0, y: 0, w: 8, h: 8 }, brick.color),
  });
  const material = plastic('ABS', moulding, 0.22);
  return [
    { name: 'brick', geometry: roundedBox(box), material },
    { name: 'studs', geometry: merged(studs), material },
  ];
}

/** Wooden letter cubes, then studded plastic bricks. */
export const toyBlockRecipes = recipesOf<LetterBlock | StudBrick>(
  'toy-block',
  [...LETTER_BLOCKS, ...BRICKS],
  buildBlock,
);
