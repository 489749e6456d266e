import { Vector3, type BufferGeometry } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { loft } from '../lib/loft.ts';
import { metal, plastic } from '../lib/materials.ts';
import { smoothstep } from '../lib/pixel-textures.ts';
import { merged } from '../lib/solid.ts';

interface CutleryVariant {
  /** Overall length, mm. */
  length: number;
  finish: { color: string; roughness: number; metallic: boolean };
  /** Colour of a separate grip, when it has one. */
  grip?: string;
}

const STEEL = { color: '#d4d5d3', roughness: 0.18, metallic: true };
const GOLD = { color: '#d8b25a', roughness: 0.24, metallic: true };
const OLIVE_WOOD = { color: '#a8763f', roughness: 0.58, metallic: false };
const VARIANTS: readonly CutleryVariant[] = [
  { length: 200, finish: STEEL },
  { length: 195, finish: GOLD },
  { length: 190, finish: STEEL, grip: '#1f4f6b' },
];
const SPOONS: readonly CutleryVariant[] = [...VARIANTS, { length: 215, finish: OLIVE_WOOD }];

/** Cross-section of a flat metal strip at one place along the piece. */
interface StripSection {
  /** Half width, thickness and height of the middle of the strip, mm. */
  half: number;
  thickness: number;
  middle: number;
  /** How deep the middle sinks below the edges (a spoon's bowl). */
  dish?: number;
  /** Sideways offset. */
  side?: number;
}

/** Spaces the rings closer at both ends, where the outlines turn quickly. */
const crowdedEnds = (s: number): number => s - 0.135 * Math.sin(2 * Math.PI * s);

/** Lofts a strip along -Z (tip away from the viewer); t runs from the handle's end to the tip. */
function strip(
  length: number,
  steps: number,
  sectionAt: (t: number) => StripSection,
): BufferGeometry {
  const columns = 6;
  const rings = Array.from({ length: steps + 1 }, (_, i) => {
    const t = crowdedEnds(i / steps);
    const { half, thickness, middle, dish = 0, side = 0 } = sectionAt(t);
    const z = length / 2 - length * t;
    const ring: Vector3[] = [];
    for (let k = 0; k <= columns; k++) {
      const s = (k / columns) * 2 - 1;
      const edge = Math.sqrt(Math.max(0.12, 1 - s ** 4));
      ring.push(
        new Vector3(side + s * half, middle - dish * (1 - s * s) - (thickness / 2) * edge, z),
      );
    }
    for (let k = columns; k >= 0; k--) {
      const s = (k / columns) * 2 - 1;
      const edge = Math.sqrt(Math.max(0.12, 1 - s ** 4));
      ring.push(
        new Vector3(side + s * half, middle - dish * (1 - s * s) + (thickness / 2) * edge, z),
      );
    }
    return ring.reverse();
  });
  return loft(rings, { creaseDegrees: 55 });
}

/** Half width of the handle: rounded end, waisted towards the neck. */
function handleHalf(t: number): number {
  const end = Math.sqrt(Math.max(0, 1 - ((0.06 - Math.min(t, 0.06)) / 0.06) ** 2));
  return Math.max(0.4, end * (9.5 - 6.2 * smoothstep(0.02, 0.5, t)));
}

/** Side view of the handle: rests on its end, arches up to the neck. */
const handleMiddle = (t: number): number =>
  2 + 14 * Math.sin(Math.PI * Math.min(1, t / 0.78)) ** 1.4 * smoothstep(0, 0.75, t);

function spoon(variant: CutleryVariant): BufferGeometry {
  return strip(variant.length, 64, (t) => {
    const b = (t - 0.68) / 0.32;
    if (b <= 0)
      return {
        half: handleHalf(t),
        thickness: 2.4 + smoothstep(0.4, 0.68, t),
        middle: handleMiddle(t),
      };
    const outline = Math.sin(Math.PI * Math.min(1, b * 0.93 + 0.07) ** 0.88);
    const half = Math.max(0.4, 21 * Math.max(0, outline) ** 0.62);
    const joined = smoothstep(0, 0.12, b);
    const dish = 9 * Math.max(0, outline) ** 0.8 * joined;
    const middle =
      handleMiddle(0.68) * (1 - smoothstep(0, 0.22, b)) + 10.2 * smoothstep(0, 0.22, b);
    return {
      half: 3.3 * (1 - joined) + half * joined,
      thickness: 3.4 - 1.6 * joined,
      middle,
      dish,
    };
  });
}

function fork(variant: CutleryVariant): BufferGeometry {
  const { length } = variant;
  const rise = (t: number): number => {
    const b = Math.max(0, (t - 0.66) / 0.34);
    return b <= 0
      ? handleMiddle(t)
      : handleMiddle(0.66) * (1 - smoothstep(0, 0.4, b)) +
          2.2 * smoothstep(0, 0.4, b) +
          9 * b ** 2.4;
  };
  const shank = strip(length * 0.785, 36, (local) => {
    const t = local * 0.785;
    const wide = smoothstep(0.62, 0.76, t);
    return {
      half: handleHalf(t) * (1 - wide) + 12.4 * wide,
      thickness: 2.6 - 0.5 * wide,
      middle: rise(t),
    };
  }).translate(0, 0, length * 0.1075);
  const tines = [-1.5, -0.5, 0.5, 1.5].map((column) =>
    strip(length * 0.235, 12, (local) => {
      const t = 0.765 + local * 0.235;
      const point = 1 - 0.75 * smoothstep(0.75, 1, local);
      return {
        half: 1.95 * point,
        thickness: 2 * point,
        middle: rise(t),
        side: column * 6.6 + (1 - local) * -column * 0.2,
      };
    }).translate(0, 0, -length * 0.3825),
  );
  return merged([shank, ...tines]);
}

function knife(variant: CutleryVariant): BufferGeometry {
  return strip(variant.length * 1.1, 60, (t) => {
    const blade = smoothstep(0.44, 0.5, t);
    const tip = Math.sqrt(Math.max(0, 1 - Math.max(0, (t - 0.86) / 0.14) ** 2.4));
    const end = Math.sqrt(Math.max(0.02, 1 - ((0.05 - Math.min(t, 0.05)) / 0.05) ** 2));
    const handle = end * (8.4 - 1.8 * smoothstep(0.05, 0.44, t));
    const half = Math.max(0.5, handle * (1 - blade) + 10.2 * tip * blade);
    return {
      half,
      thickness: (5.4 * end + 0.4) * (1 - blade) + 1.5 * blade,
      middle: 3,
      side: blade * (1 - tip) * 5,
    };
  });
}

/** A coloured grip clad round the end of the handle. */
function gripShell(length: number, flat: boolean): BufferGeometry {
  return strip(length * 0.42, 26, (local) => {
    const t = local * 0.42;
    const ends = Math.sqrt(
      Math.max(0.04, 1 - ((0.05 - Math.min(local, 0.05, 1 - local)) / 0.05) ** 2),
    );
    const middle = flat ? 3.5 : handleMiddle(t) + 1.5;
    return { half: ends * 8.6 - 1.5 * local, thickness: 7 * ends, middle };
  }).translate(0, 0, length * 0.29);
}

function partsOf(variant: CutleryVariant, piece: BufferGeometry, flat: boolean): Part[] {
  const { color, roughness, metallic } = variant.finish;
  const body = metallic
    ? metal('polished steel', color, roughness)
    : plastic('olive wood', color, roughness);
  const parts: Part[] = [{ name: 'body', geometry: piece, material: body }];
  if (!variant.grip) return parts;
  const length = variant.length * (flat ? 1.1 : 1);
  return [
    ...parts,
    {
      name: 'grip',
      geometry: gripShell(length, flat),
      material: plastic('grip', variant.grip, 0.38),
    },
  ];
}

/** Table spoons and a wooden spoon. */
export const spoonRecipes = recipesOf('spoon', SPOONS, (variant) =>
  Promise.resolve(partsOf(variant, spoon(variant), false)),
);

/** Four-tined table forks. */
export const forkRecipes = recipesOf('fork', VARIANTS, (variant) =>
  Promise.resolve(partsOf(variant, fork(variant), false)),
);

/** Table knives, lying flat. */
export const knifeRecipes = recipesOf('knife', VARIANTS, (variant) =>
  Promise.resolve(partsOf(variant, knife(variant), true)),
);
