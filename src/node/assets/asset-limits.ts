/*
 * Limits on what strangers' files may ask for; each is checked before memory is set aside for it.
 */

/** Largest asset file, and largest sum of a `.gltf` with the files that it refers to. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Triangles of one model, instances counted. */
export const MAX_TRIANGLES = 20_000_000;

/** Triangles of a mesh that objects are placed on or kept apart by: all of them travel with the catalogue. */
export const MAX_MESH_TRIANGLES = 200_000;

/** Elements of all accessors of one model together: three indices and three vertices a triangle. */
export const MAX_ACCESSOR_ELEMENTS = 6 * MAX_TRIANGLES;

/** Bytes that compressed buffer views of one model may unpack to. */
export const MAX_DECODED_BYTES = 2 * 1024 * 1024 * 1024;

/** Longest side of an image or an environment map. */
export const MAX_IMAGE_PIXELS = 16384;

/** Corners of a model's footprint. */
export const MAX_FOOTPRINT_POINTS = 32;

/** Depth of nested nodes, so that no walk can exhaust the stack. */
export const MAX_NODE_DEPTH = 1000;
