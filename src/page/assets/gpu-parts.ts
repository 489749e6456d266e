import {
  type BufferGeometry,
  type InstancedMesh,
  type Material,
  Mesh,
  type Object3D,
  type Skeleton,
  type SkinnedMesh,
  Texture,
} from 'three';
import { sourcesOf } from '../materials/source-materials.ts';
import { geometryBytes, textureBytes } from './gpu-bytes.ts';

/** What objects have on the GPU, once each. */
type GpuParts = Readonly<{
  geometries: ReadonlySet<BufferGeometry>;
  materials: ReadonlySet<Material>;
  textures: ReadonlySet<Texture>;
  copies: ReadonlySet<InstancedMesh>;
  skeletons: ReadonlySet<Skeleton>;
}>;

/** What objects, and all below them, take on the GPU, bytes. */
export function objectBytes(roots: readonly Object3D[]): number {
  const { geometries, textures, copies, skeletons } = gpuPartsOf(roots);
  // Textures of one image differ in their transforms alone, as glTF has it: three uploads the image once.
  const images = new Map([...textures].map((texture) => [texture.source, texture]));
  const bones = [...skeletons].flatMap(({ boneTexture }) => boneTexture ?? []);
  return (
    sum(geometries, geometryBytes) +
    sum([...images.values(), ...bones], textureBytes) +
    sum(copies, ({ instanceMatrix, instanceColor }) =>
      sum(
        [instanceMatrix, ...(instanceColor ? [instanceColor] : [])],
        (each) => each.array.byteLength,
      ),
    )
  );
}

/** Disposes of all that objects have on the GPU, and of their decoded images. Nothing may use them any more. */
export function disposeObjects(roots: readonly Object3D[]): void {
  const { geometries, materials, textures, copies, skeletons } = gpuPartsOf(roots);
  for (const each of [...geometries, ...materials, ...copies, ...skeletons]) each.dispose();
  for (const texture of textures) disposeTexture(texture);
}

/** Disposes of a texture and its decoded image. */
export function disposeTexture(texture: Texture): void {
  texture.dispose();
  const { data } = texture.source as Readonly<{ data: unknown }>;
  if (data instanceof ImageBitmap) data.close();
}

function gpuPartsOf(roots: readonly Object3D[]): GpuParts {
  const geometries = new Set<BufferGeometry>();
  const materials = new Set<Material>();
  const copies = new Set<InstancedMesh>();
  const skeletons = new Set<Skeleton>();
  const add = (object: Object3D): void => {
    if (!(object instanceof Mesh)) return;
    const mesh = object as Mesh & Partial<InstancedMesh & SkinnedMesh>;
    geometries.add(mesh.geometry);
    for (const material of [sourcesOf(mesh)].flat()) materials.add(material);
    if (mesh.isInstancedMesh) copies.add(mesh as InstancedMesh);
    if (mesh.skeleton) skeletons.add(mesh.skeleton);
  };
  for (const root of roots) root.traverse(add);
  const textures = new Set(
    [...materials].flatMap((material) =>
      Object.values(material).filter((value): value is Texture => value instanceof Texture),
    ),
  );
  return { geometries, materials, textures, copies, skeletons };
}

function sum<T>(things: Iterable<T>, bytesOf: (thing: T) => number): number {
  let bytes = 0;
  for (const thing of things) bytes += bytesOf(thing);
  return bytes;
}
