import { Document, Logger, type Material, type Mesh, type Primitive } from '@gltf-transform/core';
import { EXTMeshGPUInstancing, KHRTextureTransform } from '@gltf-transform/extensions';
import sharp from 'sharp';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { toGlb } from '../../fixtures/assets/make-model.ts';

/** Half the side of the square, metres: 24 pixels in `makeModelPlan` at 1 m. */
export const HALF_SIDE = 0.375;

/** Columns and rows of the square's alpha texture. */
export const TEXELS = 4;

/** How a square is to be cut out. */
export type SquareLook = Readonly<{
  alphaMode?: 'OPAQUE' | 'MASK' | 'BLEND';
  alphaCutoff?: number;
  /** Opacity of the whole. */
  alpha?: number;
  /** Alpha bytes of a texture of 4×4 texels, rows from the top, looked up without a filter. */
  texels?: readonly number[];
  /** Offset and scale of KHR_texture_transform. */
  transform?: Readonly<{ offset: [number, number]; scale: [number, number] }>;
  doubleSided?: boolean;
  /** Alpha of every vertex. */
  vertexAlpha?: number;
}>;

function newDocument(): Document {
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  document.createBuffer();
  return document;
}

function finish(
  document: Document,
  ...roots: Parameters<ReturnType<Document['createScene']>['addChild']>[0][]
) {
  const scene = document.createScene('Scene');
  for (const root of roots) scene.addChild(root);
  document.getRoot().setDefaultScene(scene);
  return toGlb(document);
}

type Faces = Readonly<{ positions: readonly Vec3[]; triangles: readonly number[] }>;

function addPrimitive(document: Document, { positions, triangles }: Faces): Primitive {
  const [buffer = null] = document.getRoot().listBuffers();
  const floats = (values: readonly number[], type: 'VEC2' | 'VEC3' | 'VEC4') =>
    document.createAccessor().setType(type).setArray(new Float32Array(values)).setBuffer(buffer);
  const index = document
    .createAccessor()
    .setType('SCALAR')
    .setArray(new Uint16Array(triangles))
    .setBuffer(buffer);
  return document
    .createPrimitive()
    .setAttribute('POSITION', floats(positions.flat(), 'VEC3'))
    .setAttribute(
      'NORMAL',
      floats(
        positions.flatMap(() => [0, 0, 1]),
        'VEC3',
      ),
    )
    .setIndices(index);
}

const meshOf = (document: Document, primitive: Primitive): Mesh =>
  document.createMesh('mesh').addPrimitive(primitive);

const SQUARE: Faces = {
  positions: [
    [-HALF_SIDE, HALF_SIDE, 0],
    [HALF_SIDE, HALF_SIDE, 0],
    [-HALF_SIDE, -HALF_SIDE, 0],
    [HALF_SIDE, -HALF_SIDE, 0],
  ],
  triangles: [0, 2, 1, 1, 2, 3],
};

/** A square in the plane z = 0 that faces +Z; its texture's first row is at the top. */
export async function makeSquare(look: SquareLook): Promise<Uint8Array> {
  const document = newDocument();
  const primitive = addPrimitive(document, SQUARE);
  const [buffer = null] = document.getRoot().listBuffers();
  const uv = document
    .createAccessor()
    .setType('VEC2')
    .setArray(new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]))
    .setBuffer(buffer);
  primitive.setAttribute('TEXCOORD_0', uv).setMaterial(await makeMaterial(document, look));
  if (look.vertexAlpha !== undefined) {
    const colors = Array.from({ length: 4 }, () => [1, 1, 1, look.vertexAlpha ?? 1]).flat();
    const accessor = document
      .createAccessor()
      .setType('VEC4')
      .setArray(new Float32Array(colors))
      .setBuffer(buffer);
    primitive.setAttribute('COLOR_0', accessor);
  }
  return finish(document, document.createNode('square').setMesh(meshOf(document, primitive)));
}

async function makeMaterial(document: Document, look: SquareLook): Promise<Material> {
  const material = document
    .createMaterial('paint')
    .setBaseColorFactor([1, 1, 1, look.alpha ?? 1])
    .setAlphaMode(look.alphaMode ?? 'OPAQUE')
    .setAlphaCutoff(look.alphaCutoff ?? 0.5)
    .setDoubleSided(look.doubleSided ?? false)
    .setMetallicFactor(0);
  if (!look.texels) return material;
  const rgba = Uint8Array.from(look.texels.flatMap((alpha) => [255, 255, 255, alpha]));
  const png = await sharp(rgba, { raw: { width: TEXELS, height: TEXELS, channels: 4 } })
    .png()
    .toBuffer();
  const texture = document.createTexture('alpha').setImage(png).setMimeType('image/png');
  material.setBaseColorTexture(texture);
  const info = material.getBaseColorTextureInfo();
  // NEAREST, and repeated.
  info?.setMinFilter(9728).setMagFilter(9728).setWrapS(10497).setWrapT(10497);
  if (look.transform) {
    const transform = document
      .createExtension(KHRTextureTransform)
      .createTransform()
      .setOffset(look.transform.offset)
      .setScale(look.transform.scale);
    info?.setExtension('KHR_texture_transform', transform);
  }
  return material;
}

/** Corners of a strip from y = 0 to 0.6, as it is made. */
export const STRIP: Faces = {
  positions: [0, 0.3, 0.6].flatMap((y): Vec3[] => [
    [-0.1, y, 0],
    [0.1, y, 0],
  ]),
  triangles: [0, 1, 2, 1, 3, 2, 2, 3, 4, 3, 5, 4],
};

/**
 * The strip on two bones, the second at y = 0.3 and turned about z. Its lowest row hangs on the first bone,
 * the highest on the second, the middle on both by half. The node of the mesh stands elsewhere, which
 * must not matter (glTF 2.0 §3.7.3.3).
 */
export async function makeSkinnedStrip(turnRadians: number): Promise<Uint8Array> {
  const document = newDocument();
  const [buffer = null] = document.getRoot().listBuffers();
  const joints = [
    [0, 0],
    [0, 1],
    [1, 0],
  ].flatMap(([a = 0, b = 0]) => [a, b, 0, 0, a, b, 0, 0]);
  const weights = [
    [1, 0],
    [0.5, 0.5],
    [1, 0],
  ].flatMap(([a = 0, b = 0]) => [a, b, 0, 0, a, b, 0, 0]);
  const columns = (m: Mat4): number[] =>
    Array.from({ length: 16 }, (_, i) => m[(i % 4) * 4 + Math.floor(i / 4)] ?? 0);
  const bindings = [
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    [1, 0, 0, 0, 0, 1, 0, -0.3, 0, 0, 1, 0, 0, 0, 0, 1],
  ].flatMap((m) => columns(m as unknown as Mat4));
  const primitive = addPrimitive(document, STRIP)
    .setAttribute(
      'JOINTS_0',
      document.createAccessor().setType('VEC4').setArray(new Uint8Array(joints)).setBuffer(buffer),
    )
    .setAttribute(
      'WEIGHTS_0',
      document
        .createAccessor()
        .setType('VEC4')
        .setArray(new Float32Array(weights))
        .setBuffer(buffer),
    )
    .setMaterial(document.createMaterial('skin').setMetallicFactor(0).setDoubleSided(true));
  const upper = document
    .createNode('upper')
    .setTranslation([0, 0.3, 0])
    .setRotation([0, 0, Math.sin(turnRadians / 2), Math.cos(turnRadians / 2)]);
  const lower = document.createNode('lower').addChild(upper);
  const skin = document
    .createSkin('skin')
    .addJoint(lower)
    .addJoint(upper)
    .setInverseBindMatrices(
      document
        .createAccessor()
        .setType('MAT4')
        .setArray(new Float32Array(bindings))
        .setBuffer(buffer),
    );
  const node = document
    .createNode('strip')
    .setMesh(meshOf(document, primitive))
    .setSkin(skin)
    .setTranslation([5, 5, 5]);
  return finish(document, node, lower);
}

/** The strip with a morph target that moves its top row by `move`, at `weight`. */
export async function makeMorphedStrip(move: Vec3, weight: number): Promise<Uint8Array> {
  const document = newDocument();
  const [buffer = null] = document.getRoot().listBuffers();
  const offsets = STRIP.positions.flatMap(([, y]) => (y > 0.5 ? move : [0, 0, 0]));
  const target = document
    .createPrimitiveTarget()
    .setAttribute(
      'POSITION',
      document
        .createAccessor()
        .setType('VEC3')
        .setArray(new Float32Array(offsets))
        .setBuffer(buffer),
    );
  const primitive = addPrimitive(document, STRIP)
    .addTarget(target)
    .setMaterial(document.createMaterial('skin').setMetallicFactor(0));
  const mesh = meshOf(document, primitive).setWeights([weight]);
  return finish(document, document.createNode('strip').setMesh(mesh));
}

/** The strip once at each place, as instances of one mesh. */
export async function makeInstancedStrip(places: readonly Vec3[]): Promise<Uint8Array> {
  const document = newDocument();
  const [buffer = null] = document.getRoot().listBuffers();
  const primitive = addPrimitive(document, STRIP).setMaterial(
    document.createMaterial('skin').setMetallicFactor(0),
  );
  const instances = document
    .createExtension(EXTMeshGPUInstancing)
    .setRequired(true)
    .createInstancedMesh()
    .setAttribute(
      'TRANSLATION',
      document
        .createAccessor()
        .setType('VEC3')
        .setArray(new Float32Array(places.flat()))
        .setBuffer(buffer),
    );
  const node = document
    .createNode('strips')
    .setMesh(meshOf(document, primitive))
    .setExtension('EXT_mesh_gpu_instancing', instances);
  return finish(document, node);
}
