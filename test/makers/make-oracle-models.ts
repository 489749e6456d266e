import { Document, Logger, type Node, type Primitive } from '@gltf-transform/core';
import { EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import sharp from 'sharp';
import { compose, IDENTITY, multiply, transformPoint } from '#shared/core/matrix';
import type { Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { toGlb } from '../fixtures/assets/make-model.ts';
import type { TracedMask } from './trace-triangles.ts';

/** What a model shows, worked out here and not by a glTF loader: triangles in the model's own frame. */
export type OraclePart = Readonly<{
  positions: readonly number[];
  index: readonly number[];
  culled: boolean;
  mask?: TracedMask;
}>;

export type OracleModel = Readonly<{ name: string; glb: Uint8Array; parts: readonly OraclePart[] }>;

type Faces = Readonly<{ corners: readonly Vec3[]; index: readonly number[] }>;

/** A closed piece without any symmetry: a tetrahedron. */
const WEDGE: Faces = {
  corners: [
    [-0.5, -0.25, -0.25],
    [0.5, -0.25, -0.375],
    [-0.125, -0.25, 0.5],
    [-0.375, 0.5, 0],
  ],
  index: [0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0],
};

/** A sheet of two leaves, folded along y. */
const FOLD: Faces = {
  corners: [-0.5, 0, 0.5].flatMap((x): Vec3[] => [
    [x, 0.5, x === 0 ? 0.25 : 0],
    [x, -0.5, x === 0 ? 0.25 : 0],
  ]),
  index: [0, 1, 2, 1, 3, 2, 2, 3, 4, 3, 5, 4],
};

/** Texels along each side of the lattice's mask. */
const SIDE = 8;
const isThere = (column: number, row: number): boolean => (column + row) % 2 === 0;

/** One model of each kind that labels must get right. */
export async function makeOracleModels(): Promise<readonly OracleModel[]> {
  return [
    await makeLattice(),
    await makeArm(),
    await makeCluster(),
    await makeMirrored(),
    await makeSheet('two-sided sheet', true),
    await makeSheet('one-sided sheet', false),
  ];
}

/** A folded sheet, seen from both sides, of which every other texel is a hole. */
async function makeLattice(): Promise<OracleModel> {
  const document = newDocument();
  const uv = [0, 0.5, 1].flatMap((u) => [u, 0, u, 1]);
  const alphas = Array.from({ length: SIDE * SIDE }, (_, i) =>
    isThere(i % SIDE, Math.floor(i / SIDE)) ? 255 : 0,
  );
  const rgba = Uint8Array.from(alphas.flatMap((alpha) => [255, 255, 255, alpha]));
  const png = await sharp(rgba, { raw: { width: SIDE, height: SIDE, channels: 4 } })
    .png()
    .toBuffer();
  const texture = document.createTexture('checks').setImage(png).setMimeType('image/png');
  const material = document
    .createMaterial('lattice')
    .setAlphaMode('MASK')
    .setDoubleSided(true)
    .setBaseColorTexture(texture);
  // NEAREST, CLAMP_TO_EDGE.
  material.getBaseColorTextureInfo()?.setMinFilter(9728).setMagFilter(9728);
  material.getBaseColorTextureInfo()?.setWrapS(33071).setWrapT(33071);
  const primitive = addFaces(document, FOLD)
    .setAttribute('TEXCOORD_0', floats(document, uv, 'VEC2'))
    .setMaterial(material);
  const node = addNode(document, primitive);
  const mask = { uv, side: SIDE, isThere };
  return finish('lattice', document, {
    roots: [node],
    parts: [{ ...partOf(FOLD), culled: false, mask }],
  });
}

/** Rings of the arm, metres above its foot, and the share that the upper bone has in each. */
const RINGS = [
  [0, 0],
  [0.25, 0.125],
  [0.5, 0.5],
  [0.75, 0.875],
  [1, 1],
] as const;

/** A square pole on two bones, the upper one at 0.5 m and bent; its node stands where it must not matter. */
async function makeArm(): Promise<OracleModel> {
  const document = newDocument();
  const corners = RINGS.flatMap(([y]): Vec3[] => [
    [-0.125, y, -0.125],
    [0.125, y, -0.125],
    [0.125, y, 0.125],
    [-0.125, y, 0.125],
  ]);
  const sides = RINGS.slice(1).flatMap((_, ring) =>
    [0, 1, 2, 3].flatMap((i) => {
      const [a, b] = [ring * 4 + i, ring * 4 + ((i + 1) % 4)];
      return [a, a + 4, b, b, a + 4, b + 4];
    }),
  );
  const faces: Faces = { corners, index: [...sides, 0, 1, 2, 0, 2, 3, 16, 18, 17, 16, 19, 18] };
  const bent: Quat = [0.8, 0, 0.36, 0.48];
  const lower: Mat4 = compose([0, -0.5, 0], [1, 0, 0, 0], [1, 1, 1]);
  const upper = multiply(compose([0.0625, 0.5, 0], bent, [1, 1, 1]), lower);
  const posed = corners.map((p, i): Vec3 => {
    const share = RINGS[Math.floor(i / 4)]?.[1] ?? 0;
    const turned = transformPoint(upper, p);
    const blend = (axis: 0 | 1 | 2): number => (1 - share) * p[axis] + share * turned[axis];
    return [blend(0), blend(1), blend(2)];
  });
  const shares = RINGS.flatMap(([, share]) => [share, share, share, share]);
  const joints = Uint8Array.from(shares.flatMap(() => [0, 1, 0, 0]));
  const bindings = [IDENTITY, lower].flatMap(columnMajor);
  const primitive = addFaces(document, faces)
    .setAttribute('JOINTS_0', accessor(document).setType('VEC4').setArray(joints))
    .setAttribute(
      'WEIGHTS_0',
      floats(
        document,
        shares.flatMap((share) => [1 - share, share, 0, 0]),
        'VEC4',
      ),
    )
    .setMaterial(document.createMaterial('skin'));
  const elbow = document
    .createNode('upper')
    .setTranslation([0.0625, 0.5, 0])
    .setRotation(xyzw(bent));
  const shoulder = document.createNode('lower').addChild(elbow);
  const skin = document
    .createSkin('skin')
    .addJoint(shoulder)
    .addJoint(elbow)
    .setInverseBindMatrices(floats(document, bindings, 'MAT4'));
  const node = addNode(document, primitive).setSkin(skin).setTranslation([3, 2, 1]);
  const part = { ...partOf({ ...faces, corners: posed }), culled: true };
  return finish('arm', document, { roots: [node, shoulder], parts: [part] });
}

/** Five wedges as instances of one mesh, each turned and of a size of its own. */
async function makeCluster(): Promise<OracleModel> {
  const document = newDocument();
  const places: readonly Readonly<{ at: Vec3; turn: Quat; scale: Vec3 }>[] = [
    { at: [-0.5, 0, 0], turn: [1, 0, 0, 0], scale: [0.5, 0.5, 0.5] },
    { at: [0.5, 0.25, -0.25], turn: [0, 1, 0, 0], scale: [0.5, 0.75, 0.5] },
    { at: [0, 0.5, 0.25], turn: [0.5, 0.5, 0.5, 0.5], scale: [0.25, 0.5, 0.75] },
    { at: [0.25, -0.5, 0], turn: [0.5, -0.5, 0.5, -0.5], scale: [0.75, 0.25, 0.5] },
    { at: [-0.25, -0.5, 0.5], turn: [0, 0, 0, 1], scale: [0.5, 0.5, 0.25] },
  ];
  const instances = document
    .createExtension(EXTMeshGPUInstancing)
    .setRequired(true)
    .createInstancedMesh();
  const column = (pick: (place: (typeof places)[number]) => readonly number[]): number[] =>
    places.flatMap(pick);
  instances
    .setAttribute(
      'TRANSLATION',
      floats(
        document,
        column(({ at }) => at),
        'VEC3',
      ),
    )
    .setAttribute(
      'ROTATION',
      floats(
        document,
        column(({ turn }) => xyzw(turn)),
        'VEC4',
      ),
    )
    .setAttribute(
      'SCALE',
      floats(
        document,
        column(({ scale }) => scale),
        'VEC3',
      ),
    );
  const primitive = addFaces(document, WEDGE).setMaterial(document.createMaterial('stone'));
  const node = addNode(document, primitive).setExtension('EXT_mesh_gpu_instancing', instances);
  const parts = places.map(({ at, turn, scale }) => partOf(WEDGE, compose(at, turn, scale)));
  return finish('cluster', document, { roots: [node], parts });
}

/** A wedge that its node mirrors and turns. */
async function makeMirrored(): Promise<OracleModel> {
  const document = newDocument();
  const turn: Quat = [0.8, 0.6, 0, 0];
  const primitive = addFaces(document, WEDGE).setMaterial(document.createMaterial('stone'));
  const node = addNode(document, primitive)
    .setTranslation([0.125, 0.25, 0])
    .setRotation(xyzw(turn))
    .setScale([-1.25, 1, 0.75]);
  const { positions, index } = partOf(WEDGE, compose([0.125, 0.25, 0], turn, [-1.25, 1, 0.75]));
  // What counts is the winding before the mirror, so triangles are turned over again (glTF 2.0 §3.7.4).
  const turned = Array.from({ length: index.length / 3 }, (_, i) =>
    index.slice(i * 3, i * 3 + 3).reverse(),
  ).flat();
  return finish('mirrored', document, {
    roots: [node],
    parts: [{ positions, index: turned, culled: true }],
  });
}

async function makeSheet(name: string, doubleSided: boolean): Promise<OracleModel> {
  const document = newDocument();
  const material = document.createMaterial('paper').setDoubleSided(doubleSided);
  const node = addNode(document, addFaces(document, FOLD).setMaterial(material));
  return finish(name, document, {
    roots: [node],
    parts: [{ ...partOf(FOLD), culled: !doubleSided }],
  });
}

const xyzw = ([w, x, y, z]: Quat): [number, number, number, number] => [x, y, z, w];

const columnMajor = (m: Mat4): number[] =>
  Array.from({ length: 16 }, (_, i) => m[(i % 4) * 4 + Math.floor(i / 4)] ?? 0);

function partOf({ corners, index }: Faces, modelFromMesh: Mat4 = IDENTITY): OraclePart {
  return {
    positions: corners.flatMap((p) => [...transformPoint(modelFromMesh, p)]),
    index,
    culled: true,
  };
}

function newDocument(): Document {
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  document.createBuffer();
  return document;
}

function accessor(document: Document) {
  const [buffer = null] = document.getRoot().listBuffers();
  return document.createAccessor().setBuffer(buffer);
}

const floats = (
  document: Document,
  values: readonly number[],
  type: 'VEC2' | 'VEC3' | 'VEC4' | 'MAT4',
) => accessor(document).setType(type).setArray(new Float32Array(values));

function addFaces(document: Document, { corners, index }: Faces): Primitive {
  const up = corners.flatMap(() => [0, 1, 0]);
  return document
    .createPrimitive()
    .setAttribute('POSITION', floats(document, corners.flat(), 'VEC3'))
    .setAttribute('NORMAL', floats(document, up, 'VEC3'))
    .setIndices(accessor(document).setType('SCALAR').setArray(new Uint16Array(index)));
}

const addNode = (document: Document, primitive: Primitive): Node =>
  document.createNode('node').setMesh(document.createMesh('mesh').addPrimitive(primitive));

type Finished = Readonly<{ roots: readonly Node[]; parts: readonly OraclePart[] }>;

async function finish(
  name: string,
  document: Document,
  { roots, parts }: Finished,
): Promise<OracleModel> {
  const scene = document.createScene(name);
  for (const root of roots) scene.addChild(root);
  document.getRoot().setDefaultScene(scene);
  return { name, glb: await toGlb(document), parts };
}
