import { TextureUtils, type BufferGeometry, type Texture } from 'three';
import { labelGeometriesOf } from '../passes/label-geometries.ts';

/** A chain of mip levels takes a third more than its first: ¼ + ¹⁄₁₆ + … */
const MIP_SHARE = 4 / 3;
/** Texels of three's morph texture are RGBA32F (WebGLMorphtargets.js). */
const MORPH_TEXEL_BYTES = 16;

type Extent = Readonly<{ width: number; height: number; depth?: number }>;

/**
 * What a texture takes on the GPU, bytes: three's own size of each level of each layer or face. Levels are those
 * that it brings, or those that the GPU makes of its first.
 */
export function textureBytes(texture: Texture): number {
  // A texture without an image is none on the GPU.
  const image = (texture.image ?? []) as Extent | readonly Extent[];
  const layers = [image].flat();
  const brought = (texture.mipmaps ?? []) as readonly Extent[];
  const levels = brought.length > 0 ? brought : layers.slice(0, 1);
  const bytes = levels.reduce((sum, level) => sum + levelBytes(texture, level), 0);
  return bytes * layers.length * (texture.generateMipmaps ? MIP_SHARE : 1);
}

function levelBytes({ format, type }: Texture, { width, height, depth = 1 }: Extent): number {
  return TextureUtils.getByteLength(width, height, format, type) * depth;
}

/** What a geometry takes on the GPU, bytes: its buffers, its morph targets, and the triangles that labels draw of it. */
export function geometryBytes(geometry: BufferGeometry): number {
  const own = bufferBytes(geometry) + morphBytes(geometry);
  return [...labelGeometriesOf(geometry)].reduce((sum, each) => sum + bufferBytes(each), own);
}

/** Attributes may share a buffer. */
function bufferBytes({ attributes, index }: BufferGeometry): number {
  const arrays = new Set(
    [...Object.values(attributes), ...(index ? [index] : [])].map((attribute) =>
      'data' in attribute ? attribute.data.array : attribute.array,
    ),
  );
  return [...arrays].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** A texel for each target, vertex, and of position, normal and colour each up to the last that there is. */
function morphBytes({ morphAttributes, attributes }: BufferGeometry): number {
  const { position, normal, color } = morphAttributes;
  const kinds = color ? 3 : normal ? 2 : 1;
  const targets = (color ?? normal ?? position ?? []).length;
  return kinds * targets * (attributes['position']?.count ?? 0) * MORPH_TEXEL_BYTES;
}
