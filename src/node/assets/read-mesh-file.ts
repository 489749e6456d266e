import { Document } from '@gltf-transform/core';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type {
  BufferAttribute,
  BufferGeometry,
  Group,
  InterleavedBufferAttribute,
  Material,
  Mesh,
} from 'three';
import { AssetError } from '#shared/core/errors';
import { SILENT } from './gltf-document.ts';
import { statWithinLimit } from './hash-cache.ts';

/** Mesh formats that are read through three's loaders: geometry and vertex colours, no materials. */
export const MESH_EXTENSIONS = ['.obj', '.stl', '.ply'] as const;

type Attribute = BufferAttribute | InterleavedBufferAttribute;

/** A part of a mesh file. */
type Part = Readonly<{ name: string; material: string; geometry: BufferGeometry }>;

/** three attribute name → glTF semantic and the number of components that glTF keeps. */
const ATTRIBUTES = [
  { from: 'position', to: 'POSITION', type: 'VEC3', size: 3 },
  { from: 'normal', to: 'NORMAL', type: 'VEC3', size: 3 },
  { from: 'uv', to: 'TEXCOORD_0', type: 'VEC2', size: 2 },
  { from: 'color', to: 'COLOR_0', type: 'VEC3', size: 3 },
] as const;

/**
 * Reads an OBJ, STL or PLY file as a glTF document, in the file's own units and axes. Materials of OBJ
 * keep their names and are grey: MTL files are not read.
 *
 * @throws AssetError where the file has no triangles or cannot be parsed.
 */
export async function readMeshFile(file: string): Promise<Document> {
  await statWithinLimit(file);
  const bytes = await readFile(file);
  let parts: readonly Part[];
  try {
    parts = await parseParts(bytes, file);
  } catch (cause) {
    throw new AssetError(`the file cannot be parsed: ${String(cause)}`, { cause });
  }
  const filled = parts.filter(
    ({ geometry }) => (geometry.getAttribute('position') as Attribute | undefined)?.count,
  );
  if (filled.length === 0) throw new AssetError('the file has no triangles.');
  return toDocument(filled, basename(file, extname(file)));
}

async function parseParts(bytes: Buffer, file: string): Promise<readonly Part[]> {
  const arrayBuffer = (): ArrayBuffer => new Uint8Array(bytes).buffer;
  const name = basename(file, extname(file));
  switch (extname(file).toLowerCase()) {
    case '.obj': {
      const { OBJLoader } = await import('three/addons/loaders/OBJLoader.js');
      return objParts(new OBJLoader().parse(bytes.toString('utf8')));
    }
    case '.stl': {
      const { STLLoader } = await import('three/addons/loaders/STLLoader.js');
      return [{ name, material: 'default', geometry: new STLLoader().parse(arrayBuffer()) }];
    }
    case '.ply': {
      const { PLYLoader } = await import('three/addons/loaders/PLYLoader.js');
      return [
        { name, material: 'default', geometry: withNormals(new PLYLoader().parse(arrayBuffer())) },
      ];
    }
    default:
      throw new AssetError(`expected ${MESH_EXTENSIONS.join(', ')}, got ${extname(file)}`);
  }
}

function objParts(group: Group): Part[] {
  const parts: Part[] = [];
  group.traverse((object) => {
    const mesh = object as Partial<Mesh>;
    if (mesh.isMesh !== true || !mesh.geometry) return;
    const materials: readonly Material[] = [mesh.material ?? []].flat();
    const groups =
      mesh.geometry.groups.length > 0 ? mesh.geometry.groups : [{ start: 0, count: Infinity }];
    for (const { start, count, materialIndex = 0 } of groups) {
      const material = materials[materialIndex]?.name || 'default';
      parts.push({
        name: object.name,
        material,
        geometry: sliceGeometry(mesh.geometry, start, count),
      });
    }
  });
  return parts;
}

/** OBJ geometries have no index, so a group of triangles is a run of vertices. */
function sliceGeometry(geometry: BufferGeometry, start: number, count: number): BufferGeometry {
  const slice = geometry.clone();
  for (const name of Object.keys(geometry.attributes)) {
    const attribute = geometry.getAttribute(name) as BufferAttribute;
    const end = Math.min(attribute.count, start + count);
    const part = attribute.clone();
    part.array = attribute.array.slice(start * attribute.itemSize, end * attribute.itemSize);
    Object.assign(part, { count: end - start });
    slice.setAttribute(name, part);
  }
  return withNormals(slice);
}

function withNormals(geometry: BufferGeometry): BufferGeometry {
  if (!(geometry.getAttribute('normal') as Attribute | undefined)) geometry.computeVertexNormals();
  return geometry;
}

function toDocument(parts: readonly Part[], name: string): Document {
  const document = new Document().setLogger(SILENT);
  const buffer = document.createBuffer();
  const mesh = document.createMesh(name);
  const materials = new Map<string, ReturnType<Document['createMaterial']>>();
  for (const { material: materialName, geometry } of parts) {
    const material =
      materials.get(materialName) ?? document.createMaterial(materialName).setMetallicFactor(0);
    materials.set(materialName, material);
    const primitive = document.createPrimitive().setMaterial(material);
    for (const { from, to, type, size } of ATTRIBUTES) {
      const attribute = geometry.getAttribute(from) as Attribute | undefined;
      if (!attribute) continue;
      const array = floatsOf(attribute, size);
      if (from === 'normal') normalise(array);
      primitive.setAttribute(
        to,
        document.createAccessor().setType(type).setArray(array).setBuffer(buffer),
      );
    }
    const index = geometry.getIndex();
    if (index) {
      const array = Uint32Array.from({ length: index.count }, (_, i) => index.getX(i));
      primitive.setIndices(
        document.createAccessor().setType('SCALAR').setArray(array).setBuffer(buffer),
      );
    }
    mesh.addPrimitive(primitive);
  }
  const scene = document.createScene(name).addChild(document.createNode(name).setMesh(mesh));
  document.getRoot().setDefaultScene(scene);
  return document;
}

/** Adding 0 turns −0 into 0, so that equal vertices are equal to the bit and can be welded. */
function floatsOf(attribute: Attribute, size: number): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(attribute.count * size);
  for (let i = 0; i < attribute.count; i++) {
    for (let k = 0; k < size; k++) floats[i * size + k] = attribute.getComponent(i, k) + 0;
  }
  return floats;
}

/** glTF wants unit normals; scanners write others, and zero ones for degenerate triangles. */
function normalise(normals: Float32Array): void {
  for (let i = 0; i + 2 < normals.length; i += 3) {
    const [x = 0, y = 0, z = 0] = normals.subarray(i, i + 3);
    const length = Math.sqrt(x * x + y * y + z * z);
    normals.set(length > 0 ? [x / length, y / length, z / length] : [0, 1, 0], i);
  }
}
