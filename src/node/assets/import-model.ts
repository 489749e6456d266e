import type { Document } from '@gltf-transform/core';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { AssetError } from '#shared/core/errors';
import type { Bounds, Vec3 } from '#shared/core/geometry';
import { writeFileAtomically } from '../store/durable-files.ts';
import { sha256Of } from './asset-cache.ts';
import { INDEX_FILE, type IndexEntry, readAssetIndex } from './asset-index.ts';
import { namingAsset } from './asset-problem.ts';
import { METERS_PER_UNIT } from './asset-types.ts';
import { openGltf, openGltfSource, writePlainGlb } from './gltf-document.ts';
import { parseGltfContainer } from './gltf-source.ts';
import { defaultScene, measureModel, type ModelFacts } from './inspect-model.ts';
import { MESH_EXTENSIONS, readMeshFile } from './read-mesh-file.ts';

/** How a model is brought into an asset folder. */
export type ImportOptions = Readonly<{
  file: string;
  /** Asset folder; made where it does not exist. */
  out: string;
  id: string;
  license: string;
  category?: string | undefined;
  author?: string | undefined;
  units: keyof typeof METERS_PER_UNIT;
  up: 'y' | 'z';
  /** Where the origin goes: the middle of the base, the centre, or where it is. */
  origin: 'base' | 'center' | 'keep';
  /** Joins equal vertices; always done before a simplification. */
  weld: boolean;
  /** Share of the triangles to keep, 0..1. */
  simplifyRatio?: number | undefined;
  /** Longest side of the textures, pixels; larger ones are shrunk. */
  textureSize?: number | undefined;
  force: boolean;
}>;

/** A model's size, before or after. */
export type ImportMeasure = Readonly<{ triangles: number; sizeMeters: Vec3; bytes: number }>;

export type ImportResult = Readonly<{
  path: string;
  entry: IndexEntry;
  before: ImportMeasure;
  after: ImportMeasure;
  warnings: readonly string[];
}>;

/** How far simplification may move the surface, as a share of the model's size. */
const SIMPLIFY_ERROR = 0.01;
/** Triangles above what was asked for from which the shortfall is told. */
const SIMPLIFY_SLACK = 1.1;

/**
 * Converts a `.glb`, `.gltf`, `.obj`, `.stl` or `.ply` into a plain GLB in metres with Y up, writes it
 * as `<out>/<id>.glb`, and enters it in `<out>/assets.json`; both files are replaced whole.
 *
 * @throws AssetError where the file cannot be used, or where the id or the target is taken and `force` is off.
 */
export async function importModel(options: ImportOptions): Promise<ImportResult> {
  return namingAsset({ id: options.id, file: options.file }, async () => {
    if (
      !/^[\w.-]+(\/[\w.-]+)*$/.test(options.id) ||
      options.id.split('/').some((part) => /^\.+$/.test(part))
    ) {
      throw new AssetError(
        `expected an id of letters, digits, ".", "_", "-" and "/", got ${JSON.stringify(options.id)}.`,
      );
    }
    const { target, index } = await claimTarget(options);
    const { document, bytes: sourceBytes } = await openInput(options.file);
    const before = { ...measureDocument(document), bytes: sourceBytes };
    await reduce(document, options);
    // Measured again: simplification may have moved the base.
    placeInMetres(document, options, measureDocument(document).bounds);
    const glb = await writePlainGlb(document);
    const facts = await measureGlb(glb, target);
    const after = {
      triangles: facts.triangles,
      sizeMeters: sizeOf(facts.bounds),
      bytes: glb.byteLength,
    };
    const entry = indexEntry(options, after, glb);
    await mkdir(dirname(target), { recursive: true });
    await writeFileAtomically(target, [glb]);
    const entries = [
      ...index.filter(({ id, file }) => id !== entry.id && file !== entry.file),
      entry,
    ];
    await writeFileAtomically(
      join(options.out, INDEX_FILE),
      `${JSON.stringify(entries, null, 2)}\n`,
    );
    return {
      path: target,
      entry,
      before,
      after,
      warnings: [...facts.warnings, ...shortfall(options, before, after)],
    };
  });
}

async function claimTarget(
  options: ImportOptions,
): Promise<{ target: string; index: readonly IndexEntry[] }> {
  const file = `${options.id}.glb`;
  const target = resolve(options.out, file);
  const index = await readAssetIndex(options.out);
  if (options.force) return { target, index };
  const advice = 'Choose another --id, or replace it with --force.';
  const listed = index.find((entry) => entry.id === options.id || entry.file === file);
  if (listed)
    throw new AssetError(
      `${join(options.out, INDEX_FILE)} already lists "${listed.id}" (${listed.file}). ${advice}`,
    );
  if (await stat(target).catch(() => null))
    throw new AssetError(`${target} exists already. ${advice}`);
  return { target, index };
}

async function openInput(file: string): Promise<{ document: Document; bytes: number }> {
  const { size } = await stat(file);
  const extension = extname(file).toLowerCase();
  if (MESH_EXTENSIONS.some((known) => known === extension))
    return { document: await readMeshFile(file), bytes: size };
  if (extension === '.glb' || extension === '.gltf') {
    const { document, source } = await openGltf(file, dirname(resolve(file)));
    return {
      document,
      bytes: [...source.external.values()].reduce((sum, part) => sum + part.byteLength, size),
    };
  }
  throw new AssetError(
    `expected .glb, .gltf, ${MESH_EXTENSIONS.join(', ')}, got "${extension}". Convert it first.`,
  );
}

function measureDocument(document: Document): {
  triangles: number;
  sizeMeters: Vec3;
  bounds: Bounds;
} {
  const source = {
    name: '',
    format: 'glb',
    bytes: new Uint8Array(),
    json: { asset: { version: '2.0' } },
    binary: null,
    external: new Map(),
  } as const;
  const { triangles, bounds } = measureModel({ source, document, warnings: [] });
  return { triangles, bounds, sizeMeters: sizeOf(bounds) };
}

async function measureGlb(glb: Uint8Array, name: string): Promise<ModelFacts> {
  const container = parseGltfContainer(glb, 'glb');
  return measureModel(
    await openGltfSource({ name, format: 'glb', bytes: glb, ...container, external: new Map() }),
  );
}

function sizeOf({ min, max }: Bounds): Vec3 {
  return [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
}

/** Puts the scene under one node that turns, scales and shifts it; nothing where nothing changes. */
function placeInMetres(
  document: Document,
  { units, up, origin }: ImportOptions,
  bounds: Bounds,
): void {
  const scale = METERS_PER_UNIT[units];
  // Z up to Y up: a quarter turn about −x takes (x, y, z) to (x, z, −y).
  const turned: Bounds =
    up === 'y'
      ? bounds
      : {
          min: [bounds.min[0], bounds.min[2], -bounds.max[1]],
          max: [bounds.max[0], bounds.max[2], -bounds.min[1]],
        };
  const shift = originShift(turned, origin).map((value) => value * scale);
  const [x = 0, y = 0, z = 0] = shift;
  if (scale === 1 && up === 'y' && shift.every((value) => value === 0)) return;
  const scene = defaultScene(document);
  const half = Math.sqrt(0.5);
  const holder = document
    .createNode('import')
    .setScale([scale, scale, scale])
    .setRotation(up === 'z' ? [-half, 0, 0, half] : [0, 0, 0, 1])
    .setTranslation([x, y, z]);
  for (const child of scene.listChildren()) holder.addChild(child);
  scene.addChild(holder);
}

function originShift({ min, max }: Bounds, origin: ImportOptions['origin']): Vec3 {
  if (origin === 'keep') return [0, 0, 0];
  const middle = ([0, 1, 2] as const).map((axis) => -(min[axis] + max[axis]) / 2);
  return [middle[0] ?? 0, origin === 'base' ? -min[1] : (middle[1] ?? 0), middle[2] ?? 0];
}

async function reduce(
  document: Document,
  { weld, simplifyRatio, textureSize }: ImportOptions,
): Promise<void> {
  const functions = await import('@gltf-transform/functions');
  if (weld || simplifyRatio !== undefined) await document.transform(functions.weld());
  if (simplifyRatio !== undefined) {
    const { MeshoptSimplifier } = await import('meshoptimizer');
    await MeshoptSimplifier.ready;
    const options = { simplifier: MeshoptSimplifier, ratio: simplifyRatio, error: SIMPLIFY_ERROR };
    await document.transform(functions.simplify(options));
  }
  if (textureSize !== undefined) {
    await document.transform(functions.textureCompress({ resize: [textureSize, textureSize] }));
  }
}

function shortfall(
  { simplifyRatio }: ImportOptions,
  before: ImportMeasure,
  after: ImportMeasure,
): string[] {
  if (simplifyRatio === undefined) return [];
  const wanted = Math.round(before.triangles * simplifyRatio);
  if (after.triangles <= wanted * SIMPLIFY_SLACK + 2) return [];
  return [
    `has ${after.triangles} triangles instead of ${wanted}: fewer would move the surface by more than ${SIMPLIFY_ERROR * 100} % of its size`,
  ];
}

function indexEntry(options: ImportOptions, after: ImportMeasure, glb: Uint8Array): IndexEntry {
  const round = (meters: number): number => Math.round(meters * 1e4) / 1e4;
  const [x, y, z] = after.sizeMeters;
  return {
    id: options.id,
    file: `${options.id}.glb`,
    license: options.license,
    ...(options.category === undefined ? {} : { category: options.category }),
    ...(options.author === undefined ? {} : { author: options.author }),
    sizeMeters: [round(x), round(y), round(z)],
    bytes: glb.byteLength,
    sha256: sha256Of(glb),
  };
}
