/**
 * Writes `scenes/shelf.glb`: a wall shelf with two vases, a picture and a plain wall, as a modelling tool would
 * export it. What Diorama needs to know stands in the nodes' extras: `category`, `surface`, `castShadow`.
 *
 * Run `npx tsx scripts/assets/generate-shelf-scene.ts`.
 */
import { Document, NodeIO, type Material, type Node } from '@gltf-transform/core';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Color, LatheGeometry, PlaneGeometry, Vector2, type BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';

type Vec3 = [number, number, number];
type Piece = Readonly<{
  name: string;
  geometry: BufferGeometry;
  material: Material;
  at: Vec3;
  extras?: Record<string, unknown>;
}>;

const document = new Document();
document.getRoot().getAsset().generator = 'diorama scripts/assets';
document.getRoot().getAsset().copyright = 'CC0-1.0, Diorama contributors';
const buffer = document.createBuffer();

function material(name: string, color: string, roughness: number): Material {
  const { r, g, b } = new Color(color);
  return document
    .createMaterial(name)
    .setBaseColorFactor([r, g, b, 1])
    .setRoughnessFactor(roughness)
    .setMetallicFactor(0);
}

const oak = material('oak', '#b48a5a', 0.55);
const plaster = material('plaster', '#d9d4ca', 0.9);
const glaze = material('glaze', '#d9dcd6', 0.25);
const clay = material('clay', '#b5694a', 0.7);
const frame = material('frame', '#2c2a28', 0.4);
const print = material('print', '#e7dfcf', 0.85);

/** Metres, Y up; the index is made where three.js leaves it out. */
function createNode({ name, geometry, material: look, at, extras = {} }: Piece): Node {
  const floats = (attribute: 'position' | 'normal'): Float32Array<ArrayBuffer> =>
    Float32Array.from(geometry.getAttribute(attribute).array);
  const count = geometry.getAttribute('position').count;
  const index = geometry.getIndex()?.array ?? Array.from({ length: count }, (_, i) => i);
  const accessor = (
    type: 'SCALAR' | 'VEC3',
    array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
  ) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const primitive = document
    .createPrimitive()
    .setIndices(accessor('SCALAR', Uint16Array.from(index)))
    .setAttribute('POSITION', accessor('VEC3', floats('position')))
    .setAttribute('NORMAL', accessor('VEC3', floats('normal')))
    .setMaterial(look);
  return document
    .createNode(name)
    .setMesh(document.createMesh(name).addPrimitive(primitive))
    .setTranslation(at)
    .setExtras(extras);
}

const box = (...[x, y, z]: Vec3): BufferGeometry => new RoundedBoxGeometry(x, y, z, 2, 0.003);

/** A turned vessel: radii and heights of its outside, in metres. */
const turned = (...outline: [radius: number, height: number][]): BufferGeometry =>
  new LatheGeometry(
    outline.map(([radius, height]) => new Vector2(radius, height)),
    48,
  );

function shelf(): Node {
  const boards = [0.9, 1.28, 1.66].map((y, i) =>
    createNode({
      name: `board-${i + 1}`,
      geometry: box(1.16, 0.026, 0.28),
      material: oak,
      at: [0, y, 0],
      extras: { surface: true },
    }),
  );
  const sides = [-1, 1].map((side) =>
    createNode({
      name: side < 0 ? 'side-left' : 'side-right',
      geometry: box(0.026, 1.14, 0.28),
      material: oak,
      at: [side * 0.593, 1.42, 0],
    }),
  );
  const group = document.createNode('shelf').setExtras({ category: 'shelf' });
  for (const part of [...boards, ...sides]) group.addChild(part);
  return group;
}

const pieces: readonly Piece[] = [
  {
    name: 'wall',
    geometry: new PlaneGeometry(7, 4),
    material: plaster,
    at: [0, 1.6, -0.145],
    extras: { castShadow: false },
  },
  {
    name: 'vase-tall',
    geometry: turned(
      [0, 0],
      [0.045, 0],
      [0.062, 0.05],
      [0.058, 0.12],
      [0.028, 0.2],
      [0.024, 0.24],
      [0.034, 0.262],
      [0.029, 0.258],
      [0.018, 0.22],
    ),
    material: glaze,
    at: [-0.46, 1.673, 0.01],
    extras: { category: 'vase' },
  },
  {
    name: 'vase-low',
    geometry: turned(
      [0, 0],
      [0.05, 0],
      [0.085, 0.045],
      [0.088, 0.075],
      [0.06, 0.115],
      [0.058, 0.128],
      [0.052, 0.124],
      [0.05, 0.1],
    ),
    material: clay,
    at: [0.44, 0.913, 0],
    extras: { category: 'vase' },
  },
];

function picture(): Node {
  const group = document
    .createNode('picture')
    .setExtras({ category: 'picture' })
    .setTranslation([1.05, 1.5, -0.132]);
  group.addChild(
    createNode({
      name: 'picture-frame',
      geometry: box(0.44, 0.56, 0.022),
      material: frame,
      at: [0, 0, 0],
    }),
  );
  group.addChild(
    createNode({
      name: 'picture-print',
      geometry: box(0.39, 0.51, 0.008),
      material: print,
      at: [0, 0, 0.009],
    }),
  );
  return group;
}

const camera = document.createCamera('front').setType('perspective').setYFov(0.7).setZNear(0.05);
// Extras of the root: it casts no shadow itself, which keeps shadow maps to the size of what does.
const scene = document.createScene('shelf-wall').setExtras({ castShadow: false });
for (const node of [...pieces.map(createNode), shelf(), picture()]) scene.addChild(node);
scene.addChild(document.createNode('front').setCamera(camera).setTranslation([0, 1.4, 1.9]));
document.getRoot().setDefaultScene(scene);

const file = fileURLToPath(new URL('../../scenes/shelf.glb', import.meta.url));
const glb = await new NodeIO().writeBinary(document);
await writeFile(file, glb);
console.log(`scenes/shelf.glb: ${Math.round(glb.byteLength / 1024)} KB`);
