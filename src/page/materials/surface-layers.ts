import {
  Box3,
  Matrix3,
  Matrix4,
  Mesh,
  Quaternion,
  Vector2,
  Vector3,
  Vector4,
  type Object3D,
  type Texture,
} from 'three';
import type { Side } from '#shared/config/layer-schema';
import type { PlanLayer } from '#shared/plan/frame-plan';

/** An object's own frame: rigid, metres, and the box around its meshes there. */
export type LayerFrame = Readonly<{ frameFromWorld: Matrix4; bounds: Box3 }>;

export type LayerUniforms = Readonly<Record<string, { value: unknown }>>;

/** The frame of an object whose world matrix is up to date; meshes as they are before bones move them. */
export function layerFrameOf(root: Object3D): LayerFrame {
  const [position, turn] = [new Vector3(), new Quaternion()];
  root.matrixWorld.decompose(position, turn, new Vector3());
  const frameFromWorld = new Matrix4().compose(position, turn, new Vector3(1, 1, 1)).invert();
  const bounds = new Box3();
  root.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    const { geometry, matrixWorld } = object as Mesh;
    if (geometry.boundingBox === null) geometry.computeBoundingBox();
    if (geometry.boundingBox === null) return;
    const frameFromMesh = frameFromWorld.clone().multiply(matrixWorld);
    bounds.union(geometry.boundingBox.clone().applyMatrix4(frameFromMesh));
  });
  return { frameFromWorld, bounds };
}

/** Uniforms of a mesh's layers; their values are set for each frame. */
export function createLayerUniforms(layers: readonly PlanLayer[]): LayerUniforms {
  const uniforms: Record<string, { value: unknown }> = {
    layerFromMesh: { value: new Matrix4() },
    layerNormalFromMesh: { value: new Matrix3() },
    layerHeight: { value: new Vector2() },
  };
  for (const name of layers.flatMap(namesOf)) uniforms[name] = { value: null };
  return uniforms;
}

function namesOf({ kind }: PlanLayer, index: number): readonly string[] {
  const names = {
    dirt: ['coatColor', 'coatShape', 'coatGather', 'coatMetalness'],
    wear: ['coatColor', 'coatShape', 'coatGather', 'coatMetalness'],
    scratches: ['scratchColor', 'scratchShape', 'scratchTurn', 'scratches'],
    decal: ['decalFromObject', 'decalOutward', 'decalRoughness', 'decal'],
  }[kind];
  return names.map((name) => `${name}${index}`);
}

type Placed = Readonly<{
  layers: readonly PlanLayer[];
  /** One for each layer; null where it has none. */
  images: readonly (Texture | null)[];
  frame: LayerFrame;
  worldFromMesh: Matrix4;
}>;

/** Sets what a frame has for a mesh's layers. */
export function setLayerUniforms(uniforms: LayerUniforms, placed: Placed): void {
  const { layers, images, frame, worldFromMesh } = placed;
  const put = (name: string, value: unknown): void => {
    const uniform = uniforms[name];
    if (uniform) uniform.value = value;
  };
  const fromMesh = frame.frameFromWorld.clone().multiply(worldFromMesh);
  put('layerFromMesh', fromMesh);
  put('layerNormalFromMesh', new Matrix3().getNormalMatrix(fromMesh));
  const { min, max } = frame.bounds;
  put('layerHeight', new Vector2(min.y, 1 / Math.max(max.y - min.y, 1e-6)));
  for (const [index, layer] of layers.entries()) {
    const values = valuesOf(layer, images[index] ?? null, frame);
    for (const [i, name] of namesOf(layer, index).entries()) put(name, values[i]);
  }
}

/** In the order of {@link namesOf}. */
function valuesOf(
  layer: PlanLayer,
  image: Texture | null,
  { bounds }: LayerFrame,
): readonly unknown[] {
  switch (layer.kind) {
    case 'dirt':
    case 'wear':
      return [
        new Vector4(...layer.color, layer.roughness),
        new Vector4(layer.amount, 1 / layer.scaleMeters, layer.softness, 0),
        new Vector4(layer.upward, layer.low, layer.cavity, layer.patternSeed),
        layer.metalness ?? 0,
      ];
    case 'scratches': {
      const turn = layer.rotationRadians;
      return [
        new Vector4(...layer.color, layer.roughness),
        new Vector2(layer.amount, layer.metalness),
        new Vector3(1 / layer.scaleMeters, Math.cos(turn), Math.sin(turn)),
        image,
      ];
    }
    case 'decal':
      return [decalFromObject(layer, bounds), axesOf(layer.side).outward, layer.roughness, image];
  }
}

/** Right and up on a side seen from outside, and the way out of it. */
function axesOf(side: Side): Readonly<{ right: Vector3; up: Vector3; outward: Vector3 }> {
  const sign = side.startsWith('-') ? -1 : 1;
  const up = side.endsWith('y') ? new Vector3(0, 0, -sign) : new Vector3(0, 1, 0);
  const outward = new Vector3();
  outward.setComponent('xyz'.indexOf(side.slice(1)), sign);
  return { right: up.clone().cross(outward), up, outward };
}

/**
 * From the object's frame, metres, to a decal: x and y are 0..1 over it, z is 0 at the side of the object's
 * box and 1 where its reach ends.
 */
export function decalFromObject(
  { side, place, sizeMeters, rotationRadians, reach }: Extract<PlanLayer, { kind: 'decal' }>,
  { min, max }: Box3,
): Matrix4 {
  const { right, up, outward } = axesOf(side);
  const middle = new Vector3().addVectors(min, max).multiplyScalar(0.5);
  const size = new Vector3().subVectors(max, min);
  const span = (axis: Vector3): number => Math.abs(size.dot(axis));
  const place3 = middle
    .addScaledVector(right, (place[0] - 0.5) * span(right))
    .addScaledVector(up, (place[1] - 0.5) * span(up))
    .addScaledVector(outward, 0.5 * span(outward));
  const [cos, sin] = [Math.cos(rotationRadians), Math.sin(rotationRadians)];
  const across = right.clone().multiplyScalar(cos).addScaledVector(up, sin);
  const along = up.clone().multiplyScalar(cos).addScaledVector(right, -sin);
  const rows = [
    [across, 1 / sizeMeters[0], 0.5],
    [along, 1 / sizeMeters[1], 0.5],
    [outward.clone().negate(), 1 / Math.max(reach * span(outward), 1e-6), 0],
  ] as const;
  const [x, y, z] = rows.map(([axis, scale, offset]) => {
    const scaled = axis.clone().multiplyScalar(scale);
    return [scaled.x, scaled.y, scaled.z, offset - scaled.dot(place3)] as const;
  }) as [Row, Row, Row];
  return new Matrix4().set(...x, ...y, ...z, 0, 0, 0, 1);
}

type Row = readonly [number, number, number, number];
