import type { GLTF } from '@gltf-transform/core';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { AssetError } from '#shared/core/errors';
import { sha256Of } from './asset-cache.ts';
import { MAX_FILE_BYTES } from './asset-limits.ts';
import { type FileHash, type HashCache, statWithinLimit } from './hash-cache.ts';
import { isInside } from './walk-folder.ts';

/** A glTF file as it lies on the disk, with all that it refers to; nothing decoded. */
export type GltfSource = Readonly<{
  /** File name, for messages. */
  name: string;
  format: 'glb' | 'gltf';
  bytes: Uint8Array;
  json: GLTF.IGLTF;
  /** The binary chunk of a GLB. */
  binary: Uint8Array | null;
  /** External files by the URI that the JSON has for them. */
  external: ReadonlyMap<string, Uint8Array>;
}>;

const GLB_MAGIC = 0x46546c67;
const CHUNK_JSON = 0x4e4f534a;
const CHUNK_BINARY = 0x004e4942;

/**
 * Splits a GLB, or parses a `.gltf`. Layout: glTF 2.0 specification §4.4.
 *
 * @throws AssetError where the container is cut short or is something else.
 */
export function parseGltfContainer(
  bytes: Uint8Array,
  format: 'glb' | 'gltf',
): Readonly<{ json: GLTF.IGLTF; binary: Uint8Array | null }> {
  if (format === 'gltf') return { json: parseJson(bytes), binary: null };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 20 || view.getUint32(0, true) !== GLB_MAGIC) {
    const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
    throw new AssetError(
      `not a GLB file: expected it to begin with "glTF", found bytes ${start || '(none)'}.`,
    );
  }
  const version = view.getUint32(4, true);
  if (version !== 2)
    throw new AssetError(`expected glTF version 2, got ${version}. Convert it to glTF 2.0.`);
  const length = view.getUint32(8, true);
  if (length !== bytes.byteLength) {
    throw new AssetError(
      `expected ${length} bytes as its header says, found ${bytes.byteLength}: the file is cut short or padded.`,
    );
  }
  const chunks = readChunks(bytes, view);
  const json = chunks.get(CHUNK_JSON);
  if (!json) throw new AssetError('not a GLB file: it has no JSON chunk.');
  return { json: parseJson(json), binary: chunks.get(CHUNK_BINARY) ?? null };
}

function readChunks(bytes: Uint8Array, view: DataView): Map<number, Uint8Array> {
  const chunks = new Map<number, Uint8Array>();
  for (let offset = 12; offset + 8 <= bytes.byteLength;) {
    const length = view.getUint32(offset, true);
    const kind = view.getUint32(offset + 4, true);
    const end = offset + 8 + length;
    if (end > bytes.byteLength)
      throw new AssetError(`a chunk of the GLB ends at byte ${end}, after the file's end.`);
    if (!chunks.has(kind)) chunks.set(kind, bytes.subarray(offset + 8, end));
    offset = end;
  }
  return chunks;
}

function parseJson(bytes: Uint8Array): GLTF.IGLTF {
  let parsed: unknown;
  try {
    parsed = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
    );
  } catch (cause) {
    throw new AssetError(`its glTF JSON cannot be parsed: ${String(cause)}`, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || !('asset' in parsed)) {
    throw new AssetError('its JSON is no glTF: "asset" is missing.');
  }
  return parsed as GLTF.IGLTF;
}

/** URIs of the files that a glTF refers to, in order, without data URIs. */
export function externalUris(json: GLTF.IGLTF): readonly string[] {
  const holders: unknown = [...listOf(json.buffers), ...listOf(json.images)];
  const uris = (holders as readonly ({ uri?: unknown } | null)[]).map((holder) => holder?.uri);
  return [...new Set(uris.filter((uri) => typeof uri === 'string'))].filter(
    (uri) => !/^data:/i.test(uri),
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The file that a URI of a glTF means. Throws AssetError where it is absolute, has a scheme, or leads
 * out of `rootDir`, by links too.
 */
export async function resolveUri(file: string, uri: string, rootDir: string): Promise<string> {
  const refuse = (why: string): never => {
    throw new AssetError(
      `it refers to "${uri}", which ${why}. Put the file beside the model and use a relative path.`,
    );
  };
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    return refuse('is no valid URI');
  }
  if (/^([a-z][a-z0-9+.-]*:|[\\/])|\\|\0/i.test(decoded)) return refuse('is not a relative path');
  const target = resolve(dirname(file), decoded);
  if (!isInside(resolve(rootDir), target)) return refuse('lies outside the asset folder');
  const real = await realpath(target).catch(() => refuse('does not exist'));
  if (!isInside(await realpath(rootDir), real)) return refuse('lies outside the asset folder');
  return target;
}

/** The container format that a file name stands for. */
export function gltfFormat(file: string): 'glb' | 'gltf' {
  return extname(file).toLowerCase() === '.gltf' ? 'gltf' : 'glb';
}

/** Reads a `.glb` or `.gltf` with the files that it refers to, all inside `rootDir`. */
export async function readGltfSource(file: string, rootDir: string): Promise<GltfSource> {
  let total = (await statWithinLimit(file)).size;
  const bytes = await readFile(file);
  const format = gltfFormat(file);
  const { json, binary } = parseGltfContainer(bytes, format);
  const external = new Map<string, Uint8Array>();
  for (const uri of externalUris(json)) {
    const path = await resolveUri(file, uri, rootDir);
    total += (await statWithinLimit(path)).size;
    if (total > MAX_FILE_BYTES) {
      throw new AssetError(
        `the model and its files have more than ${MAX_FILE_BYTES} bytes together.`,
      );
    }
    external.set(uri, await readFile(path));
  }
  return { name: file, format, bytes, json, binary, external };
}

/**
 * Identity of a glTF: the SHA-256 of the file itself, or, where it refers to others, of the JSON list
 * of [URI, SHA-256] of itself (URI "") and of each of them in order; `bytes` is the sum.
 */
export function gltfIdentity(
  own: FileHash,
  parts: readonly Readonly<{ uri: string; hash: FileHash }>[],
): FileHash {
  if (parts.length === 0) return { bytes: own.bytes, sha256: own.sha256 };
  const list = [['', own.sha256], ...parts.map(({ uri, hash }) => [uri, hash.sha256])];
  const bytes = parts.reduce((sum, { hash }) => sum + hash.bytes, own.bytes);
  return { bytes, sha256: sha256Of(JSON.stringify(list)) };
}

/** {@link gltfIdentity} of what has been read. */
export function identityOfSource(source: GltfSource): FileHash {
  const hash = (bytes: Uint8Array): FileHash => ({
    bytes: bytes.byteLength,
    sha256: sha256Of(bytes),
  });
  const parts = [...source.external].map(([uri, bytes]) => ({ uri, hash: hash(bytes) }));
  return gltfIdentity(hash(source.bytes), parts);
}

/** {@link gltfIdentity} of files on the disk, without reading those that have not changed; and their paths. */
export async function identityOfFile(
  file: string,
  rootDir: string,
  hashes: HashCache,
): Promise<FileHash & Readonly<{ references: readonly string[] }>> {
  const own = await hashes.hashFile(file);
  if (gltfFormat(file) === 'glb') return { ...own, references: [] };
  const { json } = parseGltfContainer(await readFile(file), 'gltf');
  const references: string[] = [];
  const parts: { uri: string; hash: FileHash }[] = [];
  for (const uri of externalUris(json)) {
    const path = await resolveUri(file, uri, rootDir);
    references.push(path);
    parts.push({ uri, hash: await hashes.hashFile(path) });
  }
  return { ...gltfIdentity(own, parts), references };
}
