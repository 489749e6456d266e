import { type Document, Logger, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { AssetError } from '#shared/core/errors';
import { reasonOf } from './asset-problem.ts';
import { checkGltfJson } from './check-gltf.ts';
import { COMPRESSION } from './gltf-packing.ts';
import { type GltfSource, readGltfSource } from './gltf-source.ts';
import { inspectImage } from './inspect-image.ts';
import { validateGltf } from './validate-gltf.ts';

/** A decoded glTF with what was odd about it. */
export type OpenedGltf = Readonly<{
  source: GltfSource;
  document: Document;
  warnings: readonly string[];
}>;

/** The key under which glTF-Transform expects a GLB's binary chunk. */
const BINARY_CHUNK = '@glb.bin';

/** Libraries do not print; what matters is thrown or returned. */
export const SILENT = new Logger(Logger.Verbosity.SILENT);

/** A reader and writer that knows every extension; decoders are loaded for those that `packed` names. */
export async function createGltfIo(packed: readonly string[] = []): Promise<NodeIO> {
  const io = new NodeIO().setLogger(SILENT).registerExtensions(ALL_EXTENSIONS);
  if (packed.includes('KHR_draco_mesh_compression')) {
    const draco = (await import('draco3dgltf')).default;
    io.registerDependencies({ 'draco3d.decoder': await draco.createDecoderModule() });
  }
  if (packed.includes('EXT_meshopt_compression')) {
    const { MeshoptDecoder } = await import('meshoptimizer');
    await MeshoptDecoder.ready;
    io.registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
  }
  return io;
}

/**
 * Reads, checks, validates and decodes a `.glb` or `.gltf`, in this order.
 *
 * @param rootDir What it refers to must lie inside this folder.
 * @throws AssetError with the reason, without the file's name.
 */
export async function openGltf(file: string, rootDir: string): Promise<OpenedGltf> {
  return openGltfSource(await readGltfSource(file, rootDir));
}

/** {@link openGltf} for bytes that are in memory. */
export async function openGltfSource(source: GltfSource): Promise<OpenedGltf> {
  const warnings = [...checkJson(source), ...(await validateGltf(source))];
  const { json, binary, external } = source;
  const resources: Record<string, Uint8Array<ArrayBuffer>> = {};
  if (binary) resources[BINARY_CHUNK] = ownBuffer(binary);
  for (const [uri, bytes] of external) resources[uri] = ownBuffer(bytes);
  let document: Document;
  try {
    const io = await createGltfIo(json.extensionsUsed);
    document = await io.readJSON({ json, resources });
  } catch (cause) {
    throw new AssetError(`its geometry cannot be decoded: ${String(cause)}`, { cause });
  }
  checkImages(document);
  return { source, document, warnings };
}

/** A list where an object should be, or the like, makes the checks stumble; that too is said in words. */
function checkJson(source: GltfSource): readonly string[] {
  try {
    return checkGltfJson(source);
  } catch (cause) {
    if (cause instanceof AssetError) throw cause;
    throw new AssetError(`its glTF JSON is malformed: ${reasonOf(cause)}.`, { cause });
  }
}

/** glTF-Transform wants bytes over a plain ArrayBuffer; Node's readFile may lend a part of a larger one. */
const ownBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function checkImages(document: Document): void {
  document
    .getRoot()
    .listTextures()
    .forEach((texture, i) => {
      const name = texture.getName() || texture.getURI() || `texture ${i}`;
      const image = texture.getImage();
      if (!image) throw new AssetError(`its texture "${name}" has no image.`);
      // AVIF has no header that is worth a parser of our own; the page checks it as it decodes it.
      if (texture.getMimeType() === 'image/avif') return;
      try {
        inspectImage(image, texture.getMimeType());
      } catch (cause) {
        throw new AssetError(`its texture "${name}": ${reasonOf(cause)}`, { cause });
      }
    });
}

/** A self-contained GLB with plain float attributes; nodes, their order and their names stay as they are. */
export async function writePlainGlb(document: Document): Promise<Uint8Array> {
  const { dequantize, unpartition } = await import('@gltf-transform/functions');
  for (const extension of document.getRoot().listExtensionsUsed()) {
    if (COMPRESSION.includes(extension.extensionName)) extension.dispose();
  }
  await document.transform(dequantize(), unpartition());
  return (await createGltfIo()).writeBinary(document);
}
