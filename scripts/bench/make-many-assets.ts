import { Document, Logger, NodeIO } from '@gltf-transform/core';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { SphereGeometry, Vector3 } from 'three';

/** Side of a texture, texels. */
const TEXELS = 128;

/** Writes a folder of assets: models `lumps/…`, each of its own form, and images `cloth/…`, each of its own colours. */
export async function makeManyAssets(
  folder: string,
  { models, images }: Readonly<{ models: number; images: number }>,
): Promise<void> {
  for (const name of ['lumps', 'cloth']) mkdirSync(join(folder, name), { recursive: true });
  for (let i = 0; i < models; i++)
    writeFileSync(join(folder, 'lumps', `lump-${i}.glb`), await makeLump(i));
  for (let i = 0; i < images; i++)
    await makeCloth(i).toFile(join(folder, 'cloth', `cloth-${i}.jpg`));
  const license = 'CC0-1.0';
  const entries = [
    ...Array.from({ length: models }, (_, i) => ({
      id: `lumps/lump-${i}`,
      file: `lumps/lump-${i}.glb`,
      category: 'lump',
      license,
    })),
    { id: 'cloth', kind: 'images', file: 'cloth', license },
  ];
  writeFileSync(join(folder, 'assets.json'), `${JSON.stringify(entries)}\n`);
}

/** A ball with waves on it, as GLB: 1,920 triangles and a radius of about 5 cm. */
async function makeLump(index: number): Promise<Uint8Array> {
  const ball = new SphereGeometry(0.05, 40, 25);
  const place = ball.getAttribute('position');
  const point = new Vector3();
  for (let i = 0; i < place.count; i++) {
    point.fromBufferAttribute(place, i);
    const [x, y, z] = point.toArray().map((value) => value * 40);
    const wave = Math.sin((x ?? 0) + index) * Math.cos((y ?? 0) * 1.3 - index) * Math.sin(z ?? 0);
    place.setXYZ(i, ...point.multiplyScalar(1 + 0.2 * wave).toArray());
  }
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  const buffer = document.createBuffer();
  const accessor = (type: 'VEC3' | 'VEC2' | 'SCALAR', array: Float32Array | Uint16Array) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const floats = (name: string) => Float32Array.from(ball.getAttribute(name).array);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', floats('position')))
    .setAttribute('TEXCOORD_0', accessor('VEC2', floats('uv')))
    .setIndices(accessor('SCALAR', Uint16Array.from(ball.getIndex()?.array ?? [])))
    .setMaterial(document.createMaterial('plain'));
  const node = document.createNode('Lump').setMesh(document.createMesh().addPrimitive(primitive));
  document.getRoot().setDefaultScene(document.createScene().addChild(node));
  return new NodeIO().writeBinary(document);
}

/** Woven stripes in two colours of the index's own. */
function makeCloth(index: number): Sharp {
  const tint = (channel: number): number =>
    (Math.imul(index * 3 + channel + 1, 2654435761) >>> 24) | 32;
  const data = Uint8Array.from({ length: TEXELS * TEXELS * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % TEXELS, Math.floor(i / 3 / TEXELS)];
    return ((x >> 3) + (y >> 3)) % 2 === 0 ? tint(i % 3) : 255 - tint(i % 3);
  });
  return sharp(data, { raw: { width: TEXELS, height: TEXELS, channels: 3 } }).jpeg();
}
