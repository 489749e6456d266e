import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { makeKinds, segmentsFor, solidNames } from '../configs/make-solids.ts';

/** So many solids, each of about so many triangles. */
export type SolidsChoice = Readonly<{ count: number; trianglesEach: number }>;

/** Solids of `configs/solids.yaml`, and their scales there. */
const BASE_COUNT = 20;
const BASE_SCALES = [0.1, 0.2] as const;

const GROUND_TRIANGLES = 2;

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Writes `configs/solids.yaml` anew with other solids, and its scene beside it, into a folder.
 * Scales fall with the root of the number, so that all solids together cover as much of a frame as twenty do.
 *
 * @returns path of the config.
 */
export function writeSolids(folder: string, choice: SolidsChoice): string {
  mkdirSync(folder, { recursive: true });
  const base = parse(readFileSync(pathOf('../configs/solids.yaml'), 'utf8')) as Readonly<{
    nodes: Readonly<Record<string, unknown>>;
  }>;
  const drawn = base.nodes['sphere-1'];
  const names = solidNames(choice.count);
  const config = {
    ...base,
    $schema: pathOf('../../../configs/schema.json'),
    scene: 'solids-scene.ts',
    nodes: Object.fromEntries(names.map((name) => [name, drawn])),
  };
  writeFileSync(join(folder, 'solids-scene.ts'), sceneSource(choice));
  const path = join(folder, 'solids.yaml');
  writeFileSync(path, stringify(config, { aliasDuplicateObjects: false }));
  return path;
}

function sceneSource({ count, trianglesEach }: SolidsChoice): string {
  const shrink = Math.sqrt(BASE_COUNT / count);
  const scales = BASE_SCALES.map((scale) => scale * shrink);
  return `import { makeKinds, solidsScene } from ${JSON.stringify(pathOf('../configs/make-solids.ts'))};
const kinds = makeKinds(${JSON.stringify(segmentsFor(trianglesEach))});
export const scene = solidsScene({ kinds, count: ${count}, scales: ${JSON.stringify(scales)} });
`;
}

/** Triangles of such a scene, its ground included. */
export function countTriangles({ count, trianglesEach }: SolidsChoice): number {
  const kinds = makeKinds(segmentsFor(trianglesEach));
  const each = new Map(
    kinds.map(({ kind, geometry }) => [kind, (geometry.getIndex()?.count ?? 0) / 3]),
  );
  return solidNames(count).reduce(
    (sum, name) => sum + (each.get(name.replace(/-\d+$/, '')) ?? NaN),
    GROUND_TRIANGLES,
  );
}
