import { recipesOf, type Part } from '../lib/asset-model.ts';
import { card } from '../lib/materials.ts';
import { atlasSvg, boxAtlas, roundedBox, type FaceName } from '../lib/rounded-box.ts';
import {
  barcode,
  circle,
  gradient,
  leaf,
  nutritionPanel,
  rect,
  smallPrint,
  starPath,
  text,
} from '../lib/svg-motifs.ts';
import { renderSvg, type SvgRect } from '../lib/svg-textures.ts';

interface CerealVariant {
  width: number;
  height: number;
  depth: number;
  name: string;
  line: string;
  colors: readonly [top: string, bottom: string, accent: string, ink: string];
  shape: 'ring' | 'flake' | 'ball';
}

const VARIANTS: readonly CerealVariant[] = [
  {
    width: 190,
    height: 285,
    depth: 60,
    name: 'Hoopla',
    line: 'HONEY OAT RINGS',
    colors: ['#ffcf33', '#f08a1d', '#d6262e', '#7b1113'],
    shape: 'ring',
  },
  {
    width: 200,
    height: 300,
    depth: 72,
    name: 'Morning Gold',
    line: 'CRISP CORN FLAKES',
    colors: ['#2f8f5b', '#14523a', '#ffd447', '#ffffff'],
    shape: 'flake',
  },
  {
    width: 170,
    height: 250,
    depth: 52,
    name: 'Coco Orbit',
    line: 'CHOCOLATE BALLS',
    colors: ['#4a2cc7', '#1b1158', '#ff8a3d', '#ffffff'],
    shape: 'ball',
  },
];

function cerealPiece(
  shape: CerealVariant['shape'],
  { x, y, turn }: { x: number; y: number; turn: number },
): string {
  if (shape === 'ring')
    return `<circle cx="${x}" cy="${y}" r="5.4" fill="none" stroke="#a9691b" stroke-width="5"/><circle cx="${x}" cy="${y - 0.6}" r="5.4" fill="none" stroke="#dfa044" stroke-width="3.6"/>`;
  if (shape === 'ball')
    return (
      circle({ x, y, r: 7.4 }, '#4b2814') +
      circle({ x: x - 1.4, y: y - 1.6, r: 5 }, '#6d3d1f') +
      circle({ x: x - 2.6, y: y - 3, r: 1.6 }, '#a56f46')
    );
  return `<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M-10 0Q-7 -7 1 -5.6T10 0Q7 6 0 4.6T-10 0Z" fill="#d98d1c"/><path d="M-7 -0.6Q-4 -4.6 1 -3.6T7 -0.4Q2 1.6 -1 0.8T-7 -0.6Z" fill="#f5bf4b"/></g>`;
}

/** A heaped bowl with milk. */
function bowlPicture(box: CerealVariant): string {
  const [cx, cy] = [box.width / 2, box.height * 0.72];
  const pieces = Array.from({ length: 46 }, (_, i) => {
    const angle = i * 2.39996;
    const reach = Math.sqrt(i / 46);
    return cerealPiece(box.shape, {
      x: +(cx + 60 * reach * Math.cos(angle)).toFixed(1),
      y: +(cy - 8 + 15 * reach * Math.sin(angle) - 12 * (1 - reach)).toFixed(1),
      turn: (i * 67) % 180,
    });
  })
    .reverse()
    .join('');
  return (
    `<ellipse cx="${cx}" cy="${cy + 44}" rx="62" ry="7" fill="#00000030"/>` +
    `<path d="M${cx - 78} ${cy - 8}C${cx - 74} ${cy + 38} ${cx - 36} ${cy + 46} ${cx} ${cy + 46}S${cx + 74} ${cy + 38} ${cx + 78} ${cy - 8}Z" fill="${box.colors[2]}"/>` +
    `<path d="M${cx - 76} ${cy + 4}C${cx - 70} ${cy + 30} ${cx - 50} ${cy + 40} ${cx - 36} ${cy + 43}" stroke="#ffffff60" stroke-width="5" fill="none"/>` +
    `<ellipse cx="${cx}" cy="${cy - 8}" rx="78" ry="21" fill="#fffaf0"/><ellipse cx="${cx}" cy="${cy - 7}" rx="72" ry="18" fill="#f2e8d5"/>${pieces}`
  );
}

function frontFace(box: CerealVariant): string {
  const { width: w, height: h } = box;
  const [, , accent, ink] = box.colors;
  const nameSize = box.name.length > 8 ? 31 : 47;
  return (
    rect({ x: 0, y: 0, w, h }, 'url(#pack)') +
    `<path d="${starPath({ x: w / 2, y: h * 0.66, outer: h * 0.62, inner: h * 0.12, points: 18 })}" fill="#ffffff1f"/>` +
    `<g transform="rotate(-5 ${w / 2} ${h * 0.22})"><rect x="${w * 0.06}" y="${h * 0.11}" width="${w * 0.88}" height="${h * 0.2}" rx="14" fill="${accent}"/>` +
    `<text x="${w / 2}" y="${h * 0.21 + nameSize * 0.36}" font-family="Open Sans" font-weight="800" font-size="${nameSize}" text-anchor="middle" textLength="${w * 0.74}" lengthAdjust="spacingAndGlyphs" fill="#fff" stroke="${ink === '#ffffff' ? box.colors[1] : ink}" stroke-width="5" paint-order="stroke" stroke-linejoin="round">${box.name}</text></g>` +
    text(box.line, { x: w / 2, y: h * 0.4, size: 12, fill: ink, weight: 800, spacing: 0.6 }) +
    bowlPicture(box) +
    circle({ x: w * 0.84, y: h * 0.5, r: 17 }, '#ffffff') +
    circle({ x: w * 0.84, y: h * 0.5, r: 15 }, '#2d8a3e') +
    text('WHOLE', { x: w * 0.84, y: h * 0.5 - 1, size: 7, fill: '#fff', weight: 800 }) +
    text('GRAIN', { x: w * 0.84, y: h * 0.5 + 6, size: 7, fill: '#fff', weight: 800 }) +
    leaf(`translate(${w * 0.84 - 5} ${h * 0.5 - 9}) rotate(-20) scale(0.9)`, '#bfe6a5') +
    text('500 g ℮', {
      x: w * 0.08,
      y: h * 0.965,
      size: 9,
      fill: '#ffffff',
      weight: 700,
      anchor: 'start',
    })
  );
}

function sideFace(box: CerealVariant, face: SvgRect, right: boolean): string {
  const scale = (face.width - 12) / 40;
  const ink = '#ffffff';
  const head = text(box.name, {
    x: face.width / 2,
    y: 24,
    size: 12,
    fill: ink,
    weight: 800,
    fitWidth: face.width - 12,
  });
  const panel = right
    ? nutritionPanel({ x: 6, y: 36, scale }) +
      smallPrint({ x: 6, y: 36 + 60 * scale, width: face.width - 12, lines: 12, size: 4.2 }, ink)
    : smallPrint({ x: 6, y: 44, width: face.width - 12, lines: 18, size: 4.4 }, ink) +
      barcode({ x: 6, y: face.height - 50, scale: (face.width - 12) / 30 }, box.name);
  return (
    rect({ x: 0, y: 0, w: face.width, h: face.height }, box.colors[1]) +
    rect({ x: 0, y: 30, w: face.width, h: 1.4 }, box.colors[2]) +
    head +
    panel
  );
}

function drawFace(box: CerealVariant, name: FaceName, face: SvgRect): string {
  if (name === 'front' || name === 'back') return frontFace(box);
  if (name === 'left' || name === 'right') return sideFace(box, face, name === 'right');
  const { width: w, height: h } = face;
  const flaps =
    rect({ x: 0, y: h * 0.5, w, h: 0.7 }, '#00000060') +
    rect({ x: w * 0.36, y: h * 0.5 - 5, w: w * 0.28, h: 5, rx: 2 }, '#00000030');
  const title =
    name === 'top'
      ? text(box.name, { x: w / 2, y: h * 0.82, size: h * 0.24, fill: '#fff', weight: 800 })
      : '';
  return rect({ x: 0, y: 0, w, h }, box.colors[name === 'top' ? 0 : 1]) + flaps + title;
}

async function buildCereal(box: CerealVariant, id: string): Promise<Part[]> {
  const spec = { width: box.width, height: box.height, depth: box.depth, radius: 1.6, steps: 4 };
  const atlas = boxAtlas(spec);
  const print = await renderSvg({
    name: `${id} print`,
    viewWidth: atlas.width,
    viewHeight: atlas.height,
    pixelWidth: 780,
    quality: 76,
    content: `<defs>${gradient('pack', [box.colors[0], box.colors[0], box.colors[1]])}</defs>${atlasSvg(atlas, (name, face) => drawFace(box, name, face))}`,
  });
  return [
    { name: 'box', geometry: roundedBox(spec, atlas), material: card('printed card', print, 0.52) },
  ];
}

/** Breakfast cereal packs. */
export const cerealBoxRecipes = recipesOf('cereal-box', VARIANTS, buildCereal);
