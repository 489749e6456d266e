import {
  Bone,
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  CubeTexture,
  DataTexture,
  HalfFloatType,
  InstancedMesh,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  MeshStandardMaterial,
  RedFormat,
  Skeleton,
  SkinnedMesh,
  Texture,
  FloatType,
  Group,
} from 'three';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { geometryBytes, textureBytes } from '#page/assets/gpu-bytes';
import { disposeObjects, objectBytes } from '#page/assets/gpu-parts';
import { keptLabelGeometry } from '#page/passes/label-geometries';

const WHOLE = { start: 0, count: Infinity };
/** Positions, normals and texture coordinates of 24 corners, and 36 indices of two bytes. */
const BOX_BYTES = 24 * (3 + 3 + 2) * 4 + 36 * 2;
/** Five rows of three floats, and three indices of four bytes, for each of twelve triangles (label-geometry.ts). */
const BOX_LABEL_BYTES = 12 * (5 * 3 * 4 + 3 * 4);

function imageOf(width: number, height: number): Texture {
  return new Texture({ width, height });
}

describe('textureBytes', () => {
  it('is width × height × bytes a texel, and a third more with mip levels', () => {
    const plain = imageOf(512, 256);
    expect(textureBytes(plain)).toBeCloseTo((512 * 256 * 4 * 4) / 3, 6);
    plain.generateMipmaps = false;
    expect(textureBytes(plain)).toBe(512 * 256 * 4);
    expect(textureBytes(new Texture())).toBe(0);
    expect(textureBytes(new DataTexture(null, 10, 10, RedFormat, FloatType))).toBe(400);
  });

  it('counts the faces of a cube and the levels that it brings', () => {
    const face = { width: 64, height: 64 };
    const cube = new CubeTexture(Array.from({ length: 6 }, () => face));
    cube.generateMipmaps = false;
    cube.type = HalfFloatType;
    expect(textureBytes(cube)).toBe(6 * 64 * 64 * 8);
    cube.mipmaps = [face, { width: 32, height: 32 }] as never;
    expect(textureBytes(cube)).toBe(6 * (64 * 64 + 32 * 32) * 8);
  });
});

describe('geometryBytes', () => {
  it('is what is in its buffers, a shared one once', () => {
    expect(geometryBytes(new BoxGeometry())).toBe(BOX_BYTES);
    const geometry = new BufferGeometry();
    const buffer = new InterleavedBuffer(new Float32Array(50), 5);
    geometry.setAttribute('position', new InterleavedBufferAttribute(buffer, 3, 0));
    geometry.setAttribute('uv', new InterleavedBufferAttribute(buffer, 2, 3));
    expect(geometryBytes(geometry)).toBe(200);
  });

  it('has sixteen bytes for each morph target, kind and vertex', () => {
    const geometry = new BoxGeometry();
    const moved = new BufferAttribute(new Float32Array(24 * 3), 3);
    geometry.morphAttributes.position = [moved, moved];
    expect(geometryBytes(geometry)).toBe(BOX_BYTES + 2 * 24 * 16);
    geometry.morphAttributes.normal = [moved, moved];
    expect(geometryBytes(geometry)).toBe(BOX_BYTES + 2 * 2 * 24 * 16);
  });

  it('grows with the triangles that labels draw of it', () => {
    const mesh = new Mesh(new BoxGeometry());
    keptLabelGeometry(mesh, WHOLE, null);
    keptLabelGeometry(mesh, WHOLE, null);
    expect(geometryBytes(mesh.geometry)).toBe(BOX_BYTES + BOX_LABEL_BYTES);
    keptLabelGeometry(mesh, WHOLE, 0);
    const withUv = BOX_LABEL_BYTES + 12 * 5 * 2 * 4;
    expect(geometryBytes(mesh.geometry)).toBe(BOX_BYTES + BOX_LABEL_BYTES + withUv);
  });
});

describe('objects', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('have geometries, images, copies and bones, once each', () => {
    const geometry = new BoxGeometry();
    const map = imageOf(4, 4);
    const turned = map.clone();
    const material = new MeshStandardMaterial({ map, normalMap: turned });
    const copies = new InstancedMesh(geometry, material, 5);
    const skinned = new SkinnedMesh(geometry, material);
    skinned.bind(new Skeleton([new Bone()]));
    skinned.skeleton.computeBoneTexture();
    const root = new Group().add(new Mesh(geometry, material), copies, skinned);
    const image = (4 * 4 * 4 * 4) / 3;
    // Four texels of four floats a bone, on a side of a multiple of four.
    const bones = 4 * 4 * 16;
    expect(objectBytes([root, root])).toBeCloseTo(BOX_BYTES + image + 5 * 16 * 4 + bones, 6);
  });

  it('are disposed of whole, and once: images, labels and the materials that they had at first', () => {
    const gone: string[] = [];
    class Decoded {
      readonly width = 1;
      readonly height = 1;
      close = (): number => gone.push('image');
    }
    vi.stubGlobal('ImageBitmap', Decoded);
    const watch = <T extends Texture | BufferGeometry | MeshStandardMaterial>(
      name: string,
      thing: T,
    ): T => {
      // Each class has a type of listener of its own; a geometry's is called as theirs are.
      (thing as BufferGeometry).addEventListener('dispose', () => gone.push(name));
      return thing;
    };
    const map = watch('texture', new Texture(new Decoded()));
    const material = watch('material', new MeshStandardMaterial({ map }));
    const mesh = new Mesh(watch('geometry', new BoxGeometry()), material);
    watch('labels', keptLabelGeometry(mesh, WHOLE, null));
    // A store measures it before a frame changes it.
    objectBytes([mesh]);
    mesh.material = new MeshStandardMaterial();
    disposeObjects([mesh, mesh.clone()]);
    expect(gone.sort()).toEqual(['geometry', 'image', 'labels', 'material', 'texture']);
  });
});
