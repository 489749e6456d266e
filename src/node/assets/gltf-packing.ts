import type { GltfSource } from './gltf-source.ts';

/** Extensions that say how data is packed, not what it is. */
export const COMPRESSION: readonly string[] = [
  'KHR_draco_mesh_compression',
  'EXT_meshopt_compression',
];

/** Whether the page could not show the bytes as they are: packed, quantised, or spread over files. */
export function needsUnpacking({
  json,
  format,
  external,
}: Pick<GltfSource, 'json' | 'format' | 'external'>): boolean {
  const packed = [...COMPRESSION, 'KHR_mesh_quantization'];
  return (
    format === 'gltf' ||
    external.size > 0 ||
    (json.extensionsUsed ?? []).some((name) => packed.includes(name))
  );
}
