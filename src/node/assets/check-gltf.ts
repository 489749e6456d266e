import type { GLTF } from '@gltf-transform/core';
import { AssetError } from '#shared/core/errors';
import {
  MAX_ACCESSOR_ELEMENTS,
  MAX_DECODED_BYTES,
  MAX_NODE_DEPTH,
  MAX_TRIANGLES,
} from './asset-limits.ts';
import type { GltfSource } from './gltf-source.ts';

/** Extensions without which three's GLTFLoader, or our own decoding, would show another model. */
const SUPPORTED = new Set([
  'KHR_draco_mesh_compression',
  'EXT_meshopt_compression',
  'KHR_mesh_quantization',
  'KHR_texture_transform',
  'KHR_lights_punctual',
  'KHR_materials_anisotropy',
  'KHR_materials_clearcoat',
  'KHR_materials_dispersion',
  'KHR_materials_emissive_strength',
  'KHR_materials_ior',
  'KHR_materials_iridescence',
  'KHR_materials_sheen',
  'KHR_materials_specular',
  'KHR_materials_transmission',
  'KHR_materials_unlit',
  'KHR_materials_volume',
  'EXT_mesh_gpu_instancing',
  'EXT_texture_webp',
  'EXT_texture_avif',
]);

/** Extensions that change nothing about how a model looks. */
const HARMLESS = new Set(['KHR_xmp_json_ld', 'KHR_materials_variants']);

/**
 * Checks of the JSON alone, before anything is decoded or any memory is set aside: extensions, KTX2
 * textures, counts. Returns warnings.
 *
 * @throws AssetError that names the extension or the count.
 */
export function checkGltfJson({ json, binary, format, external }: GltfSource): readonly string[] {
  checkTextures(json);
  for (const name of json.extensionsRequired ?? []) {
    if (!SUPPORTED.has(name)) {
      throw new AssetError(
        `it requires the glTF extension ${name}, which is not supported. Export it without.`,
      );
    }
  }
  if (
    format === 'glb' &&
    external.size > 0 &&
    binary === null &&
    (json.buffers?.length ?? 0) === 0
  ) {
    throw new AssetError('it is a GLB without geometry of its own.');
  }
  checkCounts(json);
  checkDepth(json);
  return (json.extensionsUsed ?? [])
    .filter((name) => !SUPPORTED.has(name) && !HARMLESS.has(name))
    .map((name) => `uses the glTF extension ${name}, which is ignored`);
}

function checkTextures(json: GLTF.IGLTF): void {
  const basis = [...(json.extensionsUsed ?? []), ...(json.extensionsRequired ?? [])].includes(
    'KHR_texture_basisu',
  );
  const ktx2 = json.images?.some(
    (image) => image.mimeType === 'image/ktx2' || /\.ktx2$/i.test(image.uri ?? ''),
  );
  if (basis || ktx2) {
    throw new AssetError(
      'it has KTX2 textures (KHR_texture_basisu), which are not supported. Export it with PNG, JPEG or WebP textures.',
    );
  }
}

function checkCounts(json: GLTF.IGLTF): void {
  const elements = (json.accessors ?? []).reduce((sum, accessor) => sum + accessor.count, 0);
  if (!(elements <= MAX_ACCESSOR_ELEMENTS)) {
    throw new AssetError(
      `its accessors declare ${elements} elements; at most ${MAX_ACCESSOR_ELEMENTS} are allowed.`,
    );
  }
  const decoded = (json.bufferViews ?? []).reduce((sum, view) => sum + unpackedBytes(view), 0);
  if (!(decoded <= MAX_DECODED_BYTES)) {
    throw new AssetError(
      `its compressed buffers unpack to ${decoded} bytes; at most ${MAX_DECODED_BYTES} are allowed.`,
    );
  }
  const triangles = (json.meshes ?? []).reduce(
    (sum, mesh) => sum + mesh.primitives.reduce((s, p) => s + declaredTriangles(json, p), 0),
    0,
  );
  if (!(triangles <= MAX_TRIANGLES)) {
    throw new AssetError(
      `it has ${triangles} triangles; at most ${MAX_TRIANGLES} are allowed. Simplify it.`,
    );
  }
}

function unpackedBytes(view: GLTF.IBufferView): number {
  const packed = view.extensions?.['EXT_meshopt_compression'] as
    { count?: unknown; byteStride?: unknown } | undefined;
  return packed ? Number(packed.count) * Number(packed.byteStride) : 0;
}

function declaredTriangles(json: GLTF.IGLTF, primitive: GLTF.IMeshPrimitive): number {
  const accessor = json.accessors?.[primitive.indices ?? primitive.attributes['POSITION'] ?? -1];
  return trianglesOf(primitive.mode ?? 4, accessor?.count ?? 0);
}

/** Triangles of a primitive with this many indices (or vertices): list 4, strip 5, fan 6; else none. */
export function trianglesOf(mode: number, count: number): number {
  if (mode === 4) return Math.floor(count / 3);
  return mode === 5 || mode === 6 ? Math.max(0, count - 2) : 0;
}

function checkDepth(json: GLTF.IGLTF): void {
  const nodes = json.nodes ?? [];
  const parents = new Map<number, number>();
  nodes.forEach((node, i) => node.children?.forEach((child) => parents.set(child, i)));
  const depths = new Map<number, number>();
  nodes.forEach((_, start) => {
    const way: number[] = [];
    let current: number | undefined = start;
    while (current !== undefined && !depths.has(current)) {
      way.push(current);
      if (way.length > MAX_NODE_DEPTH) {
        throw new AssetError(
          `its nodes are nested more than ${MAX_NODE_DEPTH} deep, or in a circle.`,
        );
      }
      current = parents.get(current);
    }
    let depth = current === undefined ? 0 : (depths.get(current) ?? 0);
    for (const index of way.reverse()) depths.set(index, ++depth);
    if (depth > MAX_NODE_DEPTH)
      throw new AssetError(`its nodes are nested more than ${MAX_NODE_DEPTH} deep.`);
  });
}
