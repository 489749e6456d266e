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
import { defineScene, type CodeScene } from 'diorama/scene';

/** A kind of solid, with the height of its lowest point below its origin, at scale 1. */
type Solid = Readonly<{ kind: string; geometry: BufferGeometry; below: number }>;

/** What is on the ground: solids of the kinds in turn, so many in all, each kind's scales evenly from least to most. */
type Solids = Readonly<{
  kinds: readonly Solid[];
  count: number;
  scales: readonly [least: number, most: number];
}>;

/** Segments of each kind of solid, in the order of three's own constructors. */
type Segments = Readonly<{
  sphere: readonly [width: number, height: number];
  cube: number;
  torus: readonly [radial: number, tubular: number];
  knot: readonly [tubular: number, radial: number];
}>;

const TEXELS = 1024;

/** The four kinds. A sphere of w × h segments has 2w(h − 1) triangles, a cube 12n², torus and knot 2rt. */
export function makeKinds({ sphere, cube, torus, knot }: Segments): readonly Solid[] {
  return [
    { kind: 'sphere', geometry: new SphereGeometry(1, ...sphere), below: 1 },
    { kind: 'cube', geometry: new BoxGeometry(1.6, 1.6, 1.6, cube, cube, cube), below: 0.8 },
    { kind: 'torus', geometry: new TorusGeometry(0.72, 0.28, ...torus), below: 1 },
    { kind: 'knot', geometry: new TorusKnotGeometry(0.6, 0.2, ...knot), below: 1.1 },
  ];
}

/** Segments with which every kind has about as many triangles as are asked for. */
export function segmentsFor(triangles: number): Segments {
  const side = Math.round(Math.sqrt(triangles / 3));
  const around = Math.max(3, Math.round(Math.sqrt(triangles / 16)));
  return {
    sphere: [Math.round(triangles / 2 / (side - 1)), side],
    cube: Math.round(Math.sqrt(triangles / 12)),
    torus: [side, Math.round(triangles / 2 / side)],
    knot: [Math.round(triangles / 2 / around), around],
  };
}

/** Names of the solids, by which a config moves them. */
export function solidNames(count: number): readonly string[] {
  return ['sphere', 'cube', 'torus', 'knot'].flatMap((kind, i) =>
    Array.from({ length: countOf(count, i) }, (_, k) => `${kind}-${k + 1}`),
  );
}

/** How many of so many solids are of the kind at a place from 0 to 3. */
const countOf = (count: number, place: number): number => Math.ceil((count - place) / 4);

/** Solids on a ground of two triangles. Where they stand and how they look is the config's. */
export function solidsScene(solids: Solids): CodeScene {
  return defineScene({
    name: 'solids',
    build: () => {
      const root = new Group();
      root.name = 'solids';
      root.userData = { castShadow: false };
      return root.add(makeGround(), ...makeSolids(solids));
    },
  });
}

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

function makeSolids({ kinds, count, scales: [least, most] }: Solids): readonly Mesh[] {
  return kinds.flatMap(({ kind, geometry, below }, place) => {
    const each = countOf(count, place);
    return Array.from({ length: each }, (_, i) => {
      const solid = new Mesh(geometry, new MeshStandardMaterial({ color: '#b0b0b0' }));
      const scale = least + (most - least) * (each === 1 ? 0.5 : i / (each - 1));
      solid.name = `${kind}-${i + 1}`;
      solid.userData = { category: kind };
      solid.scale.setScalar(scale);
      solid.position.y = below * scale;
      return solid;
    });
  });
}
