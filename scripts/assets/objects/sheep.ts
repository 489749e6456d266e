import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { blob } from '../lib/blob.ts';
import { card, plastic } from '../lib/materials.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';

interface SheepVariant {
  wool: string;
  face: string;
  grazing: boolean;
}

const SHEEP: readonly SheepVariant[] = [
  { wool: '#ddd6c6', face: '#2a2624', grazing: false },
  { wool: '#d2c8b4', face: '#c9b8a0', grazing: true },
  { wool: '#5a4c40', face: '#3a302a', grazing: true },
];

function sheepHead(grazing: boolean): { head: BufferGeometry; ears: BufferGeometry } {
  const [y, z] = grazing ? [300, 640] : [800, 560];
  const tilt = grazing ? 1.1 : 0.5;
  const place = (geometry: BufferGeometry): BufferGeometry =>
    geometry.rotateX(tilt).translate(0, y, z);
  const face = blob({ seed: 'face', radii: [78, 90, 150], rough: 0.05, bumps: 1, detail: 2 });
  const ears = [-1, 1].map((s) =>
    blob({
      seed: 'ear',
      radii: [75, 24, 34],
      at: [s * 118, 46, -70],
      rough: 0,
      bumps: 1,
      detail: 1,
    }),
  );
  return { head: place(face), ears: place(merged(ears)) };
}

/** Sheep that stand and graze; they look to +Z. */
export const sheepRecipes = leanRecipesOf(
  'sheep',
  SHEEP,
  ({ wool, face, grazing }, id): Promise<Part[]> => {
    const { head, ears } = sheepHead(grazing);
    const legs = [-1, 1].flatMap((s) =>
      [-1, 1].map((f) => rod([s * 120, 0, f * 270], [s * 125, 420, f * 250], [30, 46])),
    );
    const body = blob({
      seed: id,
      radii: [255, 270, 480],
      at: [0, 610, -20],
      rough: 0.16,
      bumps: 4,
      detail: 2,
    });
    const [ny, nz] = grazing ? [470, 480] : [740, 430];
    const neck = blob({
      seed: `${id} neck`,
      radii: [130, grazing ? 190 : 170, 160],
      at: [0, ny, nz],
      rough: 0.14,
      bumps: 3,
      detail: 2,
    });
    const tail = blob({
      seed: 'tail',
      radii: [55, 110, 60],
      at: [0, 600, -500],
      rough: 0.1,
      bumps: 2,
      detail: 1,
    });
    return Promise.resolve([
      { name: 'wool', geometry: merged([body, neck, tail]), material: card('wool', wool, 1) },
      {
        name: 'skin',
        geometry: merged([head, ears, ...legs]),
        material: plastic('skin', face, 0.9),
      },
    ]);
  },
);
