/**
 * Twenty solids on a ground of two triangles, 200,702 triangles in all: five each of sphere, cube, torus and torus
 * knot, of scales from 0.10 to 0.20. Where they stand and how they look is the config's.
 */
import {
  BoxGeometry,
  DataTexture,
  Group,
  LinearMipmapLinearFilter,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  RepeatWrapping,
  SphereGeometry,
  SRGBColorSpace,
  TorusGeometry,
  TorusKnotGeometry,
  type BufferGeometry,
} from 'three';
import { defineScene } from 'diorama/scene';

/** Geometries with the height of their lowest point below their origin, at scale 1. */
const SOLIDS: readonly Readonly<{ kind: string; geometry: BufferGeometry; below: number }>[] = [
  { kind: 'sphere', geometry: new SphereGeometry(1, 96, 64), below: 1 },
  { kind: 'cube', geometry: new BoxGeometry(1.6, 1.6, 1.6), below: 0.8 },
  { kind: 'torus', geometry: new TorusGeometry(0.72, 0.28, 64, 96), below: 1 },
  { kind: 'knot', geometry: new TorusKnotGeometry(0.6, 0.2, 246, 32), below: 1.1 },
];
const EACH = 5;
const TEXELS = 1024;

/** Tiles of several browns with grain, the same each time. */
function makeGroundTexture(): DataTexture {
  const data = new Uint8Array(TEXELS * TEXELS * 4);
  for (let i = 0; i < TEXELS * TEXELS; i++) {
    const [x, y] = [i % TEXELS, Math.floor(i / TEXELS)];
    const tile = ((x >> 7) * 7 + (y >> 7) * 13) % 5;
    const grain = Math.imul(i, 2654435761) >>> 27;
    data.set([110 + tile * 16 + grain, 96 + tile * 15 + grain, 80 + tile * 13 + grain, 255], i * 4);
  }
  const texture = new DataTexture(data, TEXELS, TEXELS);
  texture.colorSpace = SRGBColorSpace;
  texture.generateMipmaps = true;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.needsUpdate = true;
  return texture;
}

function makeGround(): Mesh {
  const look = new MeshStandardMaterial({ map: makeGroundTexture(), roughness: 0.8 });
  const ground = new Mesh(new PlaneGeometry(4, 4).rotateX(-Math.PI / 2), look);
  ground.name = 'ground';
  ground.userData = { castShadow: false };
  return ground;
}

function makeSolids(): readonly Mesh[] {
  return SOLIDS.flatMap(({ kind, geometry, below }) =>
    Array.from({ length: EACH }, (_, i) => {
      const solid = new Mesh(geometry, new MeshStandardMaterial({ color: '#b0b0b0' }));
      const scale = 0.1 + (0.1 * i) / (EACH - 1);
      solid.name = `${kind}-${i + 1}`;
      solid.userData = { category: kind };
      solid.scale.setScalar(scale);
      solid.position.y = below * scale;
      return solid;
    }),
  );
}

export const scene = defineScene({
  name: 'solids',
  build: () => {
    const root = new Group();
    root.name = 'solids';
    root.userData = { castShadow: false };
    return root.add(makeGround(), ...makeSolids());
  },
});
