import { SphereGeometry, Vector3, type BufferGeometry } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { plastic } from '../lib/materials.ts';
import { deformed, merged } from '../lib/solid.ts';

interface DuckVariant {
  /** Length of the body, mm. */
  length: number;
  body: string;
  beak: string;
  wing: string;
}

const VARIANTS: readonly DuckVariant[] = [
  { length: 84, body: '#f7c815', beak: '#ee6a1c', wing: '#f7c815' },
  { length: 70, body: '#f2a0b8', beak: '#e8e2d6', wing: '#d9748f' },
  { length: 95, body: '#3c8fc9', beak: '#f2b632', wing: '#1f5f92' },
];

function ball(place: (p: Vector3) => void, detail = 22): BufferGeometry {
  return deformed(new SphereGeometry(1, detail, Math.round(detail * 0.65)), place, 70);
}

/** Body in units of half its length: broad breast at +Z, flat below, tail curled up at -Z. */
function body(): BufferGeometry {
  return ball((p) => {
    const back = Math.max(0, -p.z);
    const taper = 1 - 0.5 * back ** 2;
    p.x *= 0.72 * taper;
    p.y = p.y * 0.56 * (1 - 0.45 * back ** 2);
    p.y = p.y < 0 ? Math.max(p.y, -0.46 - 0.02 * p.y) : p.y;
    p.y += 0.62 * back ** 3 + 0.05 * Math.max(0, p.z) ** 2;
    p.z *= p.z < 0 ? 1.05 : 0.9;
  }, 28);
}

const head = (): BufferGeometry =>
  ball((p) => p.multiply(new Vector3(0.43, 0.42, 0.43)).add(new Vector3(0, 0.83, 0.4)));

const neck = (): BufferGeometry =>
  ball((p) => {
    p.multiply(new Vector3(0.37, 0.4, 0.37)).add(new Vector3(0, 0.48, 0.4));
  }, 16);

function wing(side: number): BufferGeometry {
  return ball((p) => {
    const back = Math.max(0, -p.z);
    p.y = p.y * 0.25 * (1 - 0.55 * back) + 0.16 + 0.3 * back ** 2;
    p.x = side * (0.6 - 0.22 * back ** 2 + p.x * side * 0.13);
    p.z = p.z * 0.5 - 0.08;
  }, 14);
}

/** Two flattened lips, the upper one turned up at the tip. */
function beak(): BufferGeometry {
  const lip = (upper: number): BufferGeometry =>
    ball((p) => {
      const out = Math.max(0, p.z);
      p.x *= 0.2 - 0.02 * out;
      p.y = p.y * 0.055 + 0.045 * upper + (upper > 0 ? 0.1 : -0.03) * out ** 2 + 0.74;
      p.z = p.z * 0.23 + 0.84;
    }, 14);
  return merged([lip(1), lip(-1)]);
}

function eyes(offset: number, radius: number): BufferGeometry {
  return merged(
    [-1, 1].map((side) => {
      const direction = new Vector3(side * 0.52, 0.28, 0.8).normalize();
      return ball(
        (p) =>
          p
            .multiplyScalar(radius)
            .add(direction.clone().multiplyScalar(offset))
            .add(new Vector3(0, 0.83, 0.4)),
        12,
      );
    }),
  );
}

function buildDuck(duck: DuckVariant): Promise<Part[]> {
  const vinyl = plastic('vinyl', duck.body, 0.34);
  const parts: Part[] = [
    { name: 'body', geometry: merged([body(), neck(), head()]), material: vinyl },
    {
      name: 'wings',
      geometry: merged([wing(-1), wing(1)]),
      material: plastic('wing vinyl', duck.wing, 0.34),
    },
    { name: 'beak', geometry: beak(), material: plastic('beak vinyl', duck.beak, 0.36) },
    {
      name: 'eye whites',
      geometry: eyes(0.372, 0.085),
      material: plastic('eye white', '#fbfbf6', 0.25),
    },
    { name: 'pupils', geometry: eyes(0.415, 0.055), material: plastic('pupil', '#141414', 0.12) },
  ];
  for (const part of parts) part.geometry.scale(duck.length / 2, duck.length / 2, duck.length / 2);
  return Promise.resolve(parts);
}

/** Bath ducks looking to +Z. */
export const duckRecipes = recipesOf('rubber-duck', VARIANTS, buildDuck);
