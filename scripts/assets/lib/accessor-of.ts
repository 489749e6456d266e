import type { Accessor, Document } from '@gltf-transform/core';

/** Stores an array in the document's buffer. */
export function accessorOf(
  document: Document,
  type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4' | 'MAT4',
  array: Float32Array | Uint16Array | Uint8Array,
): Accessor {
  const buffer = document.getRoot().listBuffers()[0] ?? document.createBuffer();
  return document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
}
