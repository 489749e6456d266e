import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTriangles, writeSolids, type SolidsChoice } from './write-solids.ts';

/** One measurement of a sweep. */
export type SweepPoint = Readonly<{
  /** What is varied, in the sweep's unit. */
  x: number;
  /** Of a sweep that is made twice, such as with shadows and without. */
  series?: string;
  /** Triangles of the scene, where they are not those of the base. */
  triangles?: number;
  configPath: string;
  sets: readonly string[];
  workers?: number;
  frames: number;
  rounds: number;
}>;

/** One thing that varies over a workload that otherwise stays. */
export type Sweep = Readonly<{
  name: string;
  /** Axis of plots and first column of tables. */
  label: string;
  /** What one more of x is, in sentences: `each object`. */
  each: string;
  /** How x is counted there, and how many of x that is. */
  per: number;
  scale: 'linear' | 'log';
  points: readonly SweepPoint[];
}>;

export const SWEEP_NAMES = ['workers', 'resolution', 'objects', 'triangles', 'lights'] as const;
export type SweepName = (typeof SWEEP_NAMES)[number];

/** Frames and rounds of each point, where they are not the sweep's own. */
export type Effort = Readonly<{ frames?: number | undefined; rounds?: number | undefined }>;

const SOLIDS = fileURLToPath(new URL('../configs/solids.yaml', import.meta.url));
/** Solids with silhouettes and amodal masks, which are what many objects cost most. */
const BASE_SETS = ['labels.amodal=true'];

const LIGHT_EFFORT = { frames: 8, rounds: 2 } as const;
const HEAVY_EFFORT = { frames: 4, rounds: 1 } as const;

/** Images of 4 : 3. */
const SIZES = [
  [640, 480],
  [1024, 768],
  [1632, 1224],
  [2304, 1728],
  [3264, 2448],
] as const;
const OBJECTS = [1, 10, 30, 100, 300, 1000];
const TRIANGLES_PER_OBJECT = 192;
const TRIANGLES = [10_000, 100_000, 500_000, 1_000_000, 2_000_000, 5_000_000];
const TRIANGLES_OBJECTS = 20;
const LIGHTS = [0, 1, 2, 4, 8];

/** The sweeps by name; configs that are written for them go into the folder. */
export function makeSweep(name: SweepName, folder: string, effort: Effort): Sweep {
  const sweep = SWEEPS[name](folder);
  const points = sweep.points.map((point) => ({
    ...point,
    frames: effort.frames ?? point.frames,
    rounds: effort.rounds ?? point.rounds,
  }));
  return { name, ...sweep, points };
}

const base = { configPath: SOLIDS, sets: BASE_SETS, ...LIGHT_EFFORT };

/** A point of other solids. */
function solidsPoint(
  folder: string,
  choice: SolidsChoice,
): Pick<SweepPoint, 'configPath' | 'sets' | 'triangles'> {
  const { count, trianglesEach } = choice;
  return {
    configPath: writeSolids(join(folder, `${count}x${trianglesEach}`), choice),
    sets: BASE_SETS,
    triangles: countTriangles(choice),
  };
}

const SWEEPS: Readonly<Record<SweepName, (folder: string) => Omit<Sweep, 'name'>>> = {
  workers: () => ({
    label: 'browsers',
    each: 'each browser',
    per: 1,
    scale: 'linear',
    points: [1, 2, 4].map((workers) => ({ ...base, x: workers, workers })),
  }),
  resolution: () => ({
    label: 'megapixels',
    each: 'each megapixel',
    per: 1,
    scale: 'log',
    points: SIZES.map(([width, height]) => {
      const x = (width * height) / 1e6;
      const sets = [...BASE_SETS, `image.width=${width}`, `image.height=${height}`];
      return { ...base, ...(x > 1 ? HEAVY_EFFORT : LIGHT_EFFORT), x, sets };
    }),
  }),
  objects: (folder) => ({
    label: 'labelled objects',
    each: 'each object',
    per: 1,
    scale: 'log',
    points: OBJECTS.map((count) => ({
      ...(count > 100 ? HEAVY_EFFORT : LIGHT_EFFORT),
      ...solidsPoint(folder, { count, trianglesEach: TRIANGLES_PER_OBJECT }),
      x: count,
    })),
  }),
  triangles: (folder) => ({
    label: 'triangles',
    each: 'each million triangles',
    per: 1e6,
    scale: 'log',
    points: TRIANGLES.map((triangles) => {
      const choice = { count: TRIANGLES_OBJECTS, trianglesEach: triangles / TRIANGLES_OBJECTS };
      const point = solidsPoint(folder, choice);
      return {
        ...(triangles > 500_000 ? HEAVY_EFFORT : LIGHT_EFFORT),
        ...point,
        x: countTriangles(choice),
      };
    }),
  }),
  lights: () => ({
    label: 'spot lights',
    each: 'each light',
    per: 1,
    scale: 'linear',
    points: ['with shadow maps', 'without shadows'].flatMap((series, i) =>
      LIGHTS.map((count) => ({
        ...base,
        x: count,
        series,
        sets: [
          ...BASE_SETS,
          'lights.sun.count=0',
          `lights.spot.count=${count}`,
          `lights.spot.castShadow=${i === 0}`,
        ],
      })),
    ),
  }),
};
