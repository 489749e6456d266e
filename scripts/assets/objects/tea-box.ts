import { recipesOf, type Part } from '../lib/asset-model.ts';
import { card } from '../lib/materials.ts';
import { atlasSvg, boxAtlas, roundedBox, type FaceName } from '../lib/rounded-box.ts';
import {
  barcode,
  circle,
  leaf,
  nutritionPanel,
  rect,
  smallPrint,
  text,
} from '../lib/svg-motifs.ts';
import { renderSvg, type SvgRect } from '../lib/svg-textures.ts';

interface TeaVariant {
  width: number;
  height: number;
  depth: number;
  name: string;
  line: string;
  colors: readonly [field: string, panel: string, gold: string];
}

const VARIANTS: readonly TeaVariant[] = [
  {
    width: 128,
    height: 76,
    depth: 64,
    name: 'Jade Pavilion',
    line: 'GREEN TEA · 20 BAGS',
    colors: ['#1f5b3f', '#f3ecd8', '#c9a24a'],
  },
  {
    width: 122,
    height: 70,
    depth: 70,
    name: 'Lord Ashby',
    line: 'EARL GREY · 25 BAGS',
    colors: ['#1d2b52', '#efe6d2', '#d4ab52'],
  },
  {
    width: 112,
    height: 82,
    depth: 60,
    name: 'Camomilla',
    line: 'HERBAL INFUSION · 18 BAGS',
    colors: ['#f2c443', '#fffaf0', '#c2571a'],
  },
];

function ornament(x: number, y: number, color: string): string {
  return (
    [-1, 1]
      .map((side) =>
        [0, 1, 2]
          .map((i) =>
            leaf(
              `translate(${x + side * (3 + i * 3)} ${y}) rotate(${side > 0 ? -55 + i * 25 : 235 - i * 25}) scale(${0.75 - i * 0.1})`,
              color,
            ),
          )
          .join(''),
      )
      .join('') + circle({ x, y: y + 0.5, r: 2 }, color)
  );
}

function mainFace(tea: TeaVariant, { width: w, height: h }: SvgRect): string {
  const [field, panel, gold] = tea.colors;
  const size = Math.min(13, h * 0.17);
  return (
    rect({ x: 0, y: 0, w, h }, field) +
    `<rect x="3" y="3" width="${w - 6}" height="${h - 6}" fill="none" stroke="${gold}" stroke-width="0.9"/>` +
    `<ellipse cx="${w / 2}" cy="${h / 2}" rx="${w * 0.42}" ry="${h * 0.38}" fill="${panel}" stroke="${gold}" stroke-width="1.2"/>` +
    ornament(w / 2, h * 0.3, field) +
    text(tea.name, {
      x: w / 2,
      y: h * 0.56,
      size,
      fill: field === '#f2c443' ? tea.colors[2] : field,
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
      fitWidth: w * 0.66,
    }) +
    text(tea.line, { x: w / 2, y: h * 0.7, size: 4.2, fill: '#4a3b25', weight: 700, spacing: 0.35 })
  );
}

function drawFace(tea: TeaVariant, name: FaceName, face: SvgRect): string {
  const { width: w, height: h } = face;
  const [field, , gold] = tea.colors;
  if (name === 'front' || name === 'top') return mainFace(tea, face);
  const base =
    rect({ x: 0, y: 0, w, h }, field) +
    `<rect x="3" y="3" width="${w - 6}" height="${h - 6}" fill="none" stroke="${gold}" stroke-width="0.9"/>`;
  if (name === 'back')
    return (
      base +
      nutritionPanel({ x: 8, y: 8, scale: (h - 16) / 52 }) +
      smallPrint({ x: w * 0.48, y: 14, width: w * 0.44, lines: 5, size: 3.2 }, '#ffffff') +
      barcode({ x: w * 0.55, y: h * 0.56, scale: 1.1 }, tea.name)
    );
  if (name === 'bottom') return base;
  return (
    base +
    ornament(w / 2, h * 0.4, gold) +
    text(tea.name, {
      x: w / 2,
      y: h * 0.64,
      size: 6,
      fill: '#fffaf0',
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
      fitWidth: w * 0.7,
    })
  );
}

async function buildTeaBox(tea: TeaVariant, id: string): Promise<Part[]> {
  const spec = { width: tea.width, height: tea.height, depth: tea.depth, radius: 1.3, steps: 4 };
  const lid = {
    ...spec,
    width: tea.width + 1.2,
    depth: tea.depth + 1.2,
    height: tea.height * 0.42,
  };
  const atlas = boxAtlas(spec);
  const print = await renderSvg({
    name: `${id} print`,
    viewWidth: atlas.width,
    viewHeight: atlas.height,
    pixelWidth: 680,
    quality: 84,
    content: atlasSvg(atlas, (name, face) => drawFace(tea, name, face)),
  });
  const upper = roundedBox(lid, {
    ...atlas,
    faces: upperPart(atlas.faces, lid.height / tea.height),
  });
  const lift = (tea.height - lid.height) / 2 + 0.6;
  const material = card('printed card', print, 0.5);
  return [
    { name: 'box', geometry: roundedBox(spec, atlas), material },
    { name: 'lid', geometry: upper.translate(0, lift, 0), material },
  ];
}

/** The lid continues the print of the box: it shows the upper share of each upright face. */
function upperPart(faces: Record<FaceName, SvgRect>, share: number): Record<FaceName, SvgRect> {
  const cut = (face: SvgRect): SvgRect => ({ ...face, height: face.height * share });
  return {
    ...faces,
    left: cut(faces.left),
    right: cut(faces.right),
    front: cut(faces.front),
    back: cut(faces.back),
  };
}

/** Tea packs with a slip lid. */
export const teaBoxRecipes = recipesOf('tea-box', VARIANTS, buildTeaBox);
