import {
  Document,
  NodeIO,
  type Material,
  type Primitive,
  type Texture,
} from '@gltf-transform/core';
import { Box3, Color, type BufferGeometry, type Vector3 } from 'three';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { accessorOf } from './accessor-of.ts';
import { addRig } from './add-rig.ts';
import type { MaterialSpec, Part, Recipe, TextureImage } from './asset-model.ts';
import { bindParts } from './bind-parts.ts';

const METRES_PER_MILLIMETRE = 0.001;

/** A finished model. */
export interface BuiltAsset {
  glb: Uint8Array;
  /** Extent along x, y, z in metres. */
  sizeMeters: [number, number, number];
  triangles: number;
}

/** Caches per document so that shared textures and materials are written once. */
class MaterialWriter {
  private readonly textures = new Map<TextureImage, Texture>();
  private readonly materials = new Map<MaterialSpec, Material>();

  constructor(private readonly document: Document) {}

  material(spec: MaterialSpec): Material {
    const known = this.materials.get(spec);
    if (known) return known;
    const color = new Color(spec.color ?? '#ffffff');
    const material = this.document
      .createMaterial(spec.name)
      .setBaseColorFactor([color.r, color.g, color.b, 1])
      .setMetallicFactor(spec.metallic)
      .setRoughnessFactor(spec.roughness)
      .setBaseColorTexture(this.texture(spec.colorMap))
      .setNormalTexture(this.texture(spec.normalMap))
      .setDoubleSided(spec.doubleSided ?? false);
    if (spec.normalMap) material.setNormalScale(spec.normalScale ?? 1);
    if (spec.alphaCutoff !== undefined)
      material.setAlphaMode('MASK').setAlphaCutoff(spec.alphaCutoff);
    this.materials.set(spec, material);
    return material;
  }

  private texture(image: TextureImage | undefined): Texture | null {
    if (!image) return null;
    const known = this.textures.get(image);
    if (known) return known;
    const texture = this.document
      .createTexture(image.name)
      .setImage(image.data)
      .setMimeType(image.mimeType);
    this.textures.set(image, texture);
    return texture;
  }
}

function modelBounds(parts: readonly Part[]): Box3 {
  const bounds = new Box3();
  for (const part of parts) {
    part.geometry.computeBoundingBox();
    if (part.geometry.boundingBox) bounds.union(part.geometry.boundingBox);
  }
  return bounds;
}

function positionsInMetres(geometry: BufferGeometry, origin: Vector3): Float32Array {
  const position = geometry.getAttribute('position');
  const out = new Float32Array(position.count * 3);
  for (let i = 0; i < position.count; i++) {
    out[i * 3] = (position.getX(i) - origin.x) * METRES_PER_MILLIMETRE;
    out[i * 3 + 1] = (position.getY(i) - origin.y) * METRES_PER_MILLIMETRE;
    out[i * 3 + 2] = (position.getZ(i) - origin.z) * METRES_PER_MILLIMETRE;
  }
  return out;
}

function unitNormals(geometry: BufferGeometry): Float32Array {
  const normal = geometry.getAttribute('normal');
  const out = new Float32Array(normal.count * 3);
  for (let i = 0; i < normal.count; i++) {
    const [x, y, z] = [normal.getX(i), normal.getY(i), normal.getZ(i)];
    const length = Math.hypot(x, y, z) || 1;
    out.set([x / length, y / length, z / length], i * 3);
  }
  return out;
}

/** UVs with the glTF origin (top left); 16-bit when they stay within the texture. */
function textureCoordinates(geometry: BufferGeometry): {
  array: Float32Array | Uint16Array;
  normalized: boolean;
} {
  const uv = geometry.getAttribute('uv');
  const values = new Float32Array(uv.count * 2);
  for (let i = 0; i < uv.count; i++) values.set([uv.getX(i), 1 - uv.getY(i)], i * 2);
  if (values.some((value) => value < -1e-6 || value > 1 + 1e-6))
    return { array: values, normalized: false };
  return {
    array: Uint16Array.from(values, (value) => Math.round(value * 65535)),
    normalized: true,
  };
}

function primitiveOf(
  document: Document,
  { geometry, material }: Part,
  context: { origin: Vector3; materials: MaterialWriter },
): Primitive {
  const index = geometry.getIndex();
  if (!index) throw new Error(`a part of ${material.name} has no index`);
  const primitive = document
    .createPrimitive()
    .setIndices(accessorOf(document, 'SCALAR', Uint16Array.from(index.array)))
    .setAttribute(
      'POSITION',
      accessorOf(document, 'VEC3', positionsInMetres(geometry, context.origin)),
    )
    .setAttribute('NORMAL', accessorOf(document, 'VEC3', unitNormals(geometry)))
    .setMaterial(context.materials.material(material));
  if (geometry.hasAttribute('uv')) {
    const { array, normalized } = textureCoordinates(geometry);
    primitive.setAttribute(
      'TEXCOORD_0',
      accessorOf(document, 'VEC2', array).setNormalized(normalized),
    );
  }
  if (material.normalMap) {
    geometry.computeTangents();
    primitive.setAttribute(
      'TANGENT',
      accessorOf(document, 'VEC4', Float32Array.from(geometry.getAttribute('tangent').array)),
    );
  }
  return primitive;
}

/** A part without texture coordinates where no map needs them. */
function leanPart(part: Part): Part {
  const { colorMap, normalMap } = part.material;
  if (colorMap || normalMap) return part;
  const geometry = part.geometry.clone();
  geometry.deleteAttribute('uv');
  return { ...part, geometry: mergeVertices(geometry, 1e-4) };
}

/** Builds a recipe and encodes it as GLB: metres, centred in x and z, lowest point at y = 0. */
export async function buildAsset(recipe: Recipe): Promise<BuiltAsset> {
  const built = await recipe.build();
  const lean = recipe.lean ? built.map(leanPart) : built;
  const parts = recipe.rig ? bindParts(lean, recipe.rig) : lean;
  const bounds = modelBounds(parts);
  const origin = bounds.min.clone().add(bounds.max).divideScalar(2).setY(bounds.min.y);
  const document = new Document();
  document.getRoot().getAsset().generator = 'diorama scripts/assets';
  document.getRoot().getAsset().copyright = 'CC0-1.0, Diorama contributors';
  document.createBuffer();
  const materials = new MaterialWriter(document);
  const root = document.createNode(recipe.id).setExtras({ category: recipe.category });
  const primitives = parts.map((part) => primitiveOf(document, part, { origin, materials }));
  if (recipe.rig) addRig(document, recipe.rig, { root, parts, primitives, origin });
  else
    for (const [i, primitive] of primitives.entries()) {
      const name = parts[i]?.name ?? '';
      root.addChild(
        document.createNode(name).setMesh(document.createMesh(name).addPrimitive(primitive)),
      );
    }
  const scene = document.createScene(recipe.id).addChild(root);
  document.getRoot().setDefaultScene(scene);
  const size = bounds.max.clone().sub(bounds.min).multiplyScalar(METRES_PER_MILLIMETRE);
  const triangles = parts.reduce(
    (sum, part) => sum + (part.geometry.getIndex()?.count ?? 0) / 3,
    0,
  );
  const glb = await new NodeIO().writeBinary(document);
  return { glb, sizeMeters: [size.x, size.y, size.z], triangles };
}
