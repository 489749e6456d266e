import { recipesOf, type Part, type TextureImage } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { glaze } from '../lib/materials.ts';
import { createNoise, fractal, randomFrom } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb, smoothstep, type Rgb } from '../lib/pixel-textures.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';

/** Colour at a fraction of the way from the centre of the dish (0) to its outer foot (1). */
type GlazeDesign = (along: number, angle: number) => Rgb;

interface DishVariant {
  rows: readonly ProfileRow[];
  design: (id: string) => GlazeDesign;
  roughness: number;
}

function speckled(base: string, rim: string, rimFrom: number): (id: string) => GlazeDesign {
  return (id) => {
    const noise = fractal(createNoise(id), 2);
    const wobble = createNoise(`${id} wobble`);
    return (along, angle) => {
      const [x, z] = [Math.sin(angle), Math.cos(angle)];
      const edge = rimFrom + 0.012 * wobble(x * 4, z * 4, 3);
      const band =
        smoothstep(edge - 0.01, edge + 0.01, along) *
        (1 - smoothstep(edge + 0.1, edge + 0.13, along));
      const color = mixRgb(rgb(base), rgb(rim), band);
      const speck = noise(x * along * 60, z * along * 60, along * 60);
      return mixRgb(color, [92, 72, 56], smoothstep(0.5, 0.62, speck) * 0.75);
    };
  };
}

function banded(
  base: string,
  bands: readonly (readonly [number, number, string])[],
): () => GlazeDesign {
  return () => (along) => {
    let color = rgb(base);
    for (const [from, to, hex] of bands) {
      const inside =
        smoothstep(from - 0.003, from + 0.003, along) *
        (1 - smoothstep(to - 0.003, to + 0.003, along));
      color = mixRgb(color, rgb(hex), inside);
    }
    return color;
  };
}

/** Blue brush petals between two rings. */
function petals(
  base: string,
  ink: string,
  ring: readonly [number, number],
): (id: string) => GlazeDesign {
  return (id) => {
    const random = randomFrom(id);
    const tilt = random() * 0.3;
    return (along, angle) => {
      const t = (along - ring[0]) / (ring[1] - ring[0]);
      const phase = ((((angle / (2 * Math.PI)) * 14 + tilt) % 1) + 1) % 1;
      const width = t > 0 && t < 1 ? 0.36 * Math.sin(Math.PI * Math.pow(t, 0.8)) : 0;
      const petal = smoothstep(0.03, -0.03, Math.abs(phase - 0.5) - width);
      const vein = smoothstep(0.03, 0.01, Math.abs(phase - 0.5)) * petal;
      const line = smoothstep(
        0.006,
        0.003,
        Math.min(Math.abs(t + 0.12), Math.abs(t - 1.12)) * (ring[1] - ring[0]),
      );
      return mixRgb(rgb(base), rgb(ink), Math.max(petal * 0.85 - vein * 0.6, line));
    };
  };
}

const bowlRows = (radius: number, height: number, curve: number): ProfileRow[] => [
  [0, 3, 0, 'base'],
  [radius * 0.36, 3, 1],
  [radius * 0.38, 0, 1],
  [radius * 0.44, 0, 1.5, 'outside'],
  [radius * 0.47, 5, 3],
  [radius * curve, height * 0.38, radius * 0.5],
  [radius, height, 1.9],
  [radius - 4, height, 1.9, 'inside'],
  [radius * curve - 4, height * 0.4, radius * 0.5],
  [radius * 0.42, 8.5, 14],
  [0, 6.5],
];

const plateRows = (radius: number, height: number, well: number): ProfileRow[] => [
  [0, 2.5, 0, 'base'],
  [well * 0.82, 2.5, 1],
  [well * 0.85, 0, 1],
  [well * 0.91, 0, 1.2, 'outside'],
  [well * 0.96, 3.5, 3],
  [well * 1.07, height * 0.62, 8],
  [radius, height - 2.5, 1.6],
  [radius, height, 1.4],
  [radius - 3, height, 1.2, 'inside'],
  [well * 1.05, height * 0.62 + 4.4, 10],
  [well * 0.93, 6.5, 9],
  [0, 6],
];

const BOWLS: readonly DishVariant[] = [
  { rows: bowlRows(78, 66, 0.86), design: speckled('#e8e1d2', '#2f5d73', 0.84), roughness: 0.3 },
  {
    rows: bowlRows(66, 72, 0.9),
    design: petals('#f4f5f3', '#23479a', [0.35, 0.85]),
    roughness: 0.18,
  },
  {
    rows: bowlRows(105, 82, 0.8),
    design: banded('#c8553d', [
      [0.9, 1.1, '#f3dfc1'],
      [0.78, 0.82, '#f3dfc1'],
    ]),
    roughness: 0.24,
  },
];

const PLATES: readonly DishVariant[] = [
  {
    rows: plateRows(134, 22, 88),
    design: banded('#f7f6f2', [
      [0.93, 0.955, '#26456e'],
      [0.9, 0.91, '#c59a3f'],
    ]),
    roughness: 0.16,
  },
  {
    rows: plateRows(105, 19, 72),
    design: petals('#f2efe6', '#3f7f6e', [0.74, 0.95]),
    roughness: 0.22,
  },
  { rows: plateRows(142, 26, 100), design: speckled('#d8cbb5', '#7a4f35', 0.93), roughness: 0.36 },
];

interface Side {
  name: string;
  /** Maps v (0–1 along the profile) to the distance from the centre. */
  along: (v: number) => number;
}

function paintSide(design: GlazeDesign, side: Side): Promise<TextureImage> {
  return paintTexture({ name: side.name, width: 512, height: 160 }, (u, v) =>
    design(side.along(v), (u - 0.5) * 2 * Math.PI),
  );
}

async function buildDish(variant: DishVariant, id: string): Promise<Part[]> {
  const zones = latheZones(filletProfile(variant.rows), 38);
  const design = variant.design(id);
  const outside = await paintSide(design, { name: `${id} outside`, along: (v) => v });
  const inside = await paintSide(design, { name: `${id} inside`, along: (v) => 1 - v });
  return [
    {
      name: 'outside',
      geometry: zoneOf(zones, 'outside'),
      material: glaze('outside glaze', outside, variant.roughness),
    },
    {
      name: 'inside',
      geometry: zoneOf(zones, 'inside'),
      material: glaze('inside glaze', inside, variant.roughness),
    },
    {
      name: 'base',
      geometry: zoneOf(zones, 'base'),
      material: glaze('unglazed foot', '#d7cdbd', 0.75),
    },
  ];
}

/** Bowls from rice bowl to salad bowl. */
export const bowlRecipes = recipesOf('bowl', BOWLS, buildDish);

/** Dinner, side and soup plates. */
export const plateRecipes = recipesOf('plate', PLATES, buildDish);
