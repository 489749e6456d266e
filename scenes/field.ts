/**
 * A field of ridges with a meadow behind a fence, and hills to the horizon. Crops stand on the ridges of
 * `field`, which are level and 0.75 m apart; beasts, bales and trees on the `meadow`. A camera belongs over the
 * field (z from 0 to 9) and looks to −Z.
 */
import {
  BoxGeometry,
  BufferGeometry,
  Float32BufferAttribute,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
} from 'three';
import { defineScene } from 'diorama/scene';

/** Metres. */
const RIDGE = { pitch: 0.75, top: 0.34, depth: 0.13, count: 33 };
const FIELD = { back: -14, front: 12 };
const FENCE = { z: -15, posts: 17, apart: 2.4 };
const MEADOW = { back: -44, half: 34, top: -0.02 };
const LAND = { side: 420, cells: 84 };

const soil = material('#6b5138', 1);
const grass = material('#6f8a45', 1);
const timber = material('#8a7458', 0.9);

function material(color: string, roughness: number): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness });
}

function named<T extends Object3D>(object: T, name: string, data: Record<string, unknown> = {}): T {
  object.name = name;
  Object.assign(object.userData, data);
  return object;
}

/** Heights across the field, from −x to +x: [x, y]. */
function profile(): [number, number][] {
  const { pitch, top, depth, count } = RIDGE;
  const points: [number, number][] = [];
  for (let i = 0; i < count; i++) {
    const x = (i - (count - 1) / 2) * pitch;
    points.push([x - pitch / 2, -depth], [x - top / 2 - 0.05, -0.02], [x - top / 2, 0]);
    points.push([x + top / 2, 0], [x + top / 2 + 0.05, -0.02]);
  }
  return [...points, [(count * pitch) / 2, -depth]];
}

/** The ridges: the profile drawn along z. Its top is level, so that crops stand on it. */
function field(): Mesh {
  const points = profile();
  const positions: number[] = [];
  const indices: number[] = [];
  for (const [x, y] of points) positions.push(x, y, FIELD.back, x, y, FIELD.front);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [2 * i, 2 * i + 1, 2 * i + 2, 2 * i + 3];
    indices.push(a, b, d, a, d, c);
  }
  return named(new Mesh(surfaceOf(positions, indices), soil), 'field', {
    surface: true,
    category: 'soil',
    castShadow: false,
  });
}

function surfaceOf(positions: readonly number[], indices: readonly number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute([...positions], 3));
  geometry.setIndex([...indices]);
  geometry.computeVertexNormals();
  return geometry;
}

/** Height of the land: level about field and meadow, hills beyond. */
function landHeight(x: number, z: number): number {
  const away = Math.max(Math.abs(x) - 40, -z - 48, z - 16, 0);
  const rise = Math.min(1, away / 110) ** 2;
  const hills =
    9 +
    7 * Math.sin(x * 0.021 + 1.3) * Math.cos(z * 0.017 - 0.4) +
    4 * Math.sin(x * 0.047 - z * 0.031) +
    1.6 * Math.sin(x * 0.11 + z * 0.09 + 2);
  return -0.16 + rise * hills;
}

function land(): Mesh {
  const { side, cells } = LAND;
  const positions: number[] = [];
  const indices: number[] = [];
  const at = (i: number): number => (i / cells - 0.5) * side;
  for (let j = 0; j <= cells; j++)
    for (let i = 0; i <= cells; i++) positions.push(at(i), landHeight(at(i), at(j)), at(j));
  for (let j = 0; j < cells; j++)
    for (let i = 0; i < cells; i++) {
      const a = j * (cells + 1) + i;
      const c = a + cells + 1;
      indices.push(a, c, c + 1, a, c + 1, a + 1);
    }
  return named(new Mesh(surfaceOf(positions, indices), grass), 'land', {
    category: 'grass',
    castShadow: false,
  });
}

function meadow(): Mesh {
  const [depth, top] = [FENCE.z + 0.6 - MEADOW.back, MEADOW.top];
  const mesh = new Mesh(new BoxGeometry(2 * MEADOW.half, 0.1, depth), grass);
  mesh.position.set(0, top - 0.05, MEADOW.back + depth / 2);
  return named(mesh, 'meadow', { surface: true, category: 'grass', castShadow: false });
}

/** Posts and rails, one labelled thing. */
function fence(): Object3D {
  const { z, posts, apart } = FENCE;
  const group = named(new Group(), 'fence', { category: 'fence' });
  const [width, middle] = [(posts - 1) * apart, (posts - 1) / 2];
  const post = new InstancedMesh(new BoxGeometry(0.11, 1.35, 0.11), timber, posts);
  for (let i = 0; i < posts; i++)
    post.setMatrixAt(i, new Matrix4().makeTranslation((i - middle) * apart, 0.6, z));
  const rails = [0.42, 0.78, 1.12].map((y, i) => {
    const rail = new Mesh(new BoxGeometry(width + 0.5, 0.1, 0.035), timber);
    rail.position.set(0, y, z + 0.07);
    return named(rail, `fence-rail-${i + 1}`);
  });
  return group.add(named(post, 'fence-posts'), ...rails);
}

export const scene = defineScene({
  name: 'field',
  build: () =>
    named(new Group(), 'farm', { castShadow: false }).add(land(), meadow(), field(), fence()),
  cameras: [{ name: 'over-the-rows', position: [0, 1.7, 7], target: [0, 0.2, -1] }],
});
