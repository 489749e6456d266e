import { Vector3, type BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { blob } from '../lib/blob.ts';
import { loft } from '../lib/loft.ts';
import { card, plastic } from '../lib/materials.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';

/** A simple figure; angles of the limbs from straight down, radians, positive to the front (+Z). */
interface PedestrianVariant {
  height: number;
  skin: string;
  hair: string;
  longHair: boolean;
  top: string;
  legs: string;
  shoes: string;
  coat: boolean;
  stride: number;
  bag?: string;
}

const PEDESTRIANS: readonly PedestrianVariant[] = [
  {
    height: 1780,
    skin: '#c58c6a',
    hair: '#2b2019',
    longHair: false,
    top: '#34506e',
    legs: '#33363b',
    shoes: '#1d1c1b',
    coat: false,
    stride: 0.34,
  },
  {
    height: 1660,
    skin: '#e0ac8a',
    hair: '#6b4226',
    longHair: true,
    top: '#a83f3a',
    legs: '#3d4352',
    shoes: '#d9d5cc',
    coat: true,
    stride: 0.26,
    bag: '#4f3a2a',
  },
  {
    height: 1720,
    skin: '#7d5138',
    hair: '#17120f',
    longHair: false,
    top: '#c9a23f',
    legs: '#59616b',
    shoes: '#2b2b2d',
    coat: false,
    stride: 0.05,
    bag: '#2f4a3f',
  },
  {
    height: 1240,
    skin: '#e7b896',
    hair: '#b88a4a',
    longHair: false,
    top: '#4b8f6b',
    legs: '#4a5f8a',
    shoes: '#b8352c',
    coat: false,
    stride: 0.3,
  },
];

/** An upright ellipse at a height: from the back over −X to the front, as loft wants it. */
const ring = (y: number, halfX: number, halfZ: number): Vector3[] =>
  Array.from({ length: 14 }, (_, i) => {
    const turn = Math.PI + (i / 14) * 2 * Math.PI;
    return new Vector3(halfX * Math.sin(turn), y, halfZ * Math.cos(turn));
  });

function torso(h: number, coat: boolean): BufferGeometry {
  const low = coat ? 0.36 : 0.47;
  return loft(
    [
      ring(h * low, h * (coat ? 0.115 : 0.092), h * (coat ? 0.085 : 0.066)),
      ring(h * 0.53, h * 0.096, h * 0.07),
      ring(h * 0.62, h * 0.086, h * 0.062),
      ring(h * 0.74, h * 0.108, h * 0.07),
      ring(h * 0.805, h * 0.112, h * 0.06),
      ring(h * 0.83, h * 0.06, h * 0.045),
      ring(h * 0.845, h * 0.036, h * 0.036),
    ],
    { creaseDegrees: 80 },
  );
}

type Limb = Readonly<{
  from: Vector3;
  angle: number;
  bend: number;
  lengths: readonly [number, number];
  radii: readonly [number, number, number];
}>;

function limb({ from, angle, bend, lengths, radii }: Limb): {
  upper: BufferGeometry;
  lower: BufferGeometry;
  end: Vector3;
} {
  const step = (at: Vector3, turn: number, length: number): Vector3 =>
    at.clone().add(new Vector3(0, -Math.cos(turn), Math.sin(turn)).multiplyScalar(length));
  const joint = step(from, angle, lengths[0]);
  const end = step(joint, angle + bend, lengths[1]);
  const tuple = (v: Vector3): [number, number, number] => [v.x, v.y, v.z];
  return {
    upper: rod(tuple(from), tuple(joint), [radii[0], radii[1]]),
    lower: merged([
      rod(tuple(joint), tuple(end), [radii[1], radii[2]]),
      blob({
        seed: 'joint',
        radii: [radii[1], radii[1], radii[1]],
        at: tuple(joint),
        rough: 0,
        bumps: 1,
        detail: 0,
      }),
    ]),
    end,
  };
}

type Shares = readonly [number, number, number];

/** A smooth lump: half axes and middle as shares of the height. */
function lump(h: number, [radii, at]: readonly [Shares, Shares], detail: number): BufferGeometry {
  const sized = ([x, y, z]: Shares): Shares => [x * h, y * h, z * h];
  return blob({ seed: 'body', radii: sized(radii), at: sized(at), rough: 0, bumps: 1, detail });
}

function head(h: number): BufferGeometry {
  return merged([
    lump(
      h,
      [
        [0.046, 0.064, 0.056],
        [0, 0.928, 0.006],
      ],
      2,
    ),
    lump(
      h,
      [
        [0.008, 0.011, 0.012],
        [0, 0.925, 0.062],
      ],
      0,
    ),
    rod([0, h * 0.83, 0], [0, h * 0.9, h * 0.004], [h * 0.03, h * 0.028]),
  ]);
}

function hair(h: number, long: boolean): BufferGeometry {
  const top = lump(
    h,
    [
      [0.052, 0.06, 0.058],
      [0, 0.946, -0.01],
    ],
    2,
  );
  const down = lump(
    h,
    [
      [0.05, 0.075, 0.03],
      [0, 0.885, -0.038],
    ],
    2,
  );
  return long ? merged([top, down]) : top;
}

type Limbs = readonly ReturnType<typeof limb>[];

function legsOf({ height: h, stride }: PedestrianVariant): Limbs {
  return [-1, 1].map((s) =>
    limb({
      from: new Vector3(s * h * 0.052, h * 0.5, 0),
      angle: s * stride,
      bend: s < 0 ? -stride * 0.4 : -stride * 0.25,
      lengths: [h * 0.24, h * 0.225],
      radii: [h * 0.052, h * 0.036, h * 0.026],
    }),
  );
}

function armsOf({ height: h, stride }: PedestrianVariant): Limbs {
  return [-1, 1].map((s) =>
    limb({
      from: new Vector3(s * h * 0.122, h * 0.79, 0),
      angle: -s * stride * 0.9,
      bend: 0.28,
      lengths: [h * 0.165, h * 0.15],
      radii: [h * 0.032, h * 0.025, h * 0.02],
    }),
  );
}

const whole = (limbs: Limbs): BufferGeometry[] =>
  limbs.flatMap(({ upper, lower }) => [upper, lower]);

/** Hands and shoes, where arms and legs end. */
function ends(h: number, limbs: Limbs, kind: 'hands' | 'shoes'): BufferGeometry[] {
  return limbs.map(({ end: { x, y, z } }) =>
    kind === 'hands'
      ? lump(
          1,
          [
            [h * 0.018, h * 0.034, h * 0.024],
            [x, y - h * 0.02, z],
          ],
          1,
        )
      : bevelBox([h * 0.052, h * 0.04, h * 0.145], h * 0.012).translate(
          x,
          y - h * 0.012,
          z + h * 0.03,
        ),
  );
}

function buildPedestrian(who: PedestrianVariant): Promise<Part[]> {
  const h = who.height;
  const [legs, arms] = [legsOf(who), armsOf(who)];
  const hips = lump(
    h,
    [
      [0.094, 0.06, 0.066],
      [0, 0.485, 0],
    ],
    1,
  );
  const parts: Part[] = [
    {
      name: 'skin',
      geometry: merged([head(h), ...ends(h, arms, 'hands')]),
      material: plastic('skin', who.skin, 0.6),
    },
    {
      name: 'hair',
      geometry: hair(h, who.longHair),
      material: plastic('hair', who.hair, 0.8),
    },
    {
      name: 'top',
      geometry: merged([torso(h, who.coat), ...whole(arms)]),
      material: card('top', who.top, 0.9),
    },
    {
      name: 'legs',
      geometry: merged([...whole(legs), hips]),
      material: card('legs', who.legs, 0.9),
    },
    {
      name: 'shoes',
      geometry: merged(ends(h, legs, 'shoes')),
      material: plastic('shoes', who.shoes, 0.6),
    },
  ];
  if (!who.bag) return Promise.resolve(parts);
  const pack = bevelBox([h * 0.16, h * 0.22, h * 0.08], h * 0.02).translate(0, h * 0.7, -h * 0.105);
  return Promise.resolve([
    ...parts,
    { name: 'bag', geometry: pack, material: card('bag', who.bag, 0.8) },
  ]);
}

/** Simple figures who walk and stand; they look to +Z. */
export const pedestrianRecipes = leanRecipesOf('pedestrian', PEDESTRIANS, buildPedestrian);
