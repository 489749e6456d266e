/**
 * Writes the shipped asset library: `assets/models/*.glb`, `assets/assets.json` and `assets/LICENSE`.
 *
 * Run `npx tsx scripts/assets/generate.ts [id prefix …]`; with prefixes only those models are rebuilt
 * and the index keeps its other entries. Needs the fonts Open Sans, Liberation and DejaVu.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAsset } from './lib/write-glb.ts';
import { libraryLicense } from './lib/library-license.ts';
import { recipes } from './library.ts';

const MAX_GLB_KILOBYTES = 200;
/** Of a rigged model: each vertex says what carries it, and clips come with it. */
const MAX_RIGGED_KILOBYTES = 280;

/** One entry of `assets/assets.json`. */
interface AssetEntry {
  id: string;
  file: string;
  category: string;
  license: 'CC0-1.0';
  author: string;
  /** Extent along x, y, z in metres, rounded to 0.1 mm. */
  sizeMeters: number[];
  bytes: number;
  sha256: string;
}

const assetsFolder = fileURLToPath(new URL('../../assets/', import.meta.url));
const indexFile = `${assetsFolder}assets.json`;

async function readIndex(): Promise<AssetEntry[]> {
  try {
    return JSON.parse(await readFile(indexFile, 'utf8')) as AssetEntry[];
  } catch {
    return [];
  }
}

async function writeModel(recipe: (typeof recipes)[number]): Promise<AssetEntry> {
  const { glb, sizeMeters, triangles } = await buildAsset(recipe);
  const file = `models/${recipe.id}.glb`;
  await writeFile(`${assetsFolder}${file}`, glb);
  const kilobytes = Math.round(glb.byteLength / 1024);
  const size = sizeMeters.map((value) => Math.round(value * 1000)).join(' × ');
  console.log(`${recipe.id}: ${triangles} triangles, ${kilobytes} KB, ${size} mm`);
  const most = recipe.rig ? MAX_RIGGED_KILOBYTES : MAX_GLB_KILOBYTES;
  if (glb.byteLength > most * 1024) throw new Error(`${recipe.id} is larger than ${most} KB`);
  return {
    id: recipe.id,
    file,
    category: recipe.category,
    license: 'CC0-1.0',
    author: 'Diorama contributors',
    sizeMeters: sizeMeters.map((value) => Math.round(value * 1e4) / 1e4),
    bytes: glb.byteLength,
    sha256: createHash('sha256').update(glb).digest('hex'),
  };
}

async function main(prefixes: readonly string[]): Promise<void> {
  await mkdir(`${assetsFolder}models`, { recursive: true });
  const entries = new Map((await readIndex()).map((entry) => [entry.id, entry]));
  for (const recipe of recipes) {
    const wanted = prefixes.length === 0 || prefixes.some((prefix) => recipe.id.startsWith(prefix));
    if (wanted) entries.set(recipe.id, await writeModel(recipe));
  }
  const index = recipes.flatMap((recipe) => entries.get(recipe.id) ?? []);
  await writeFile(indexFile, `${JSON.stringify(index, null, 2)}\n`);
  await writeFile(`${assetsFolder}LICENSE`, libraryLicense);
  const total = index.reduce((sum, entry) => sum + entry.bytes, 0);
  console.log(`${index.length} models, ${(total / 1024 / 1024).toFixed(2)} MB`);
}

await main(process.argv.slice(2));
