import type { ResolveResource } from '#node/server/page-server';
import { createShapeGeometry } from '#page/scene/shape-geometry';
import type { ShapeSpec } from '#shared/config/scene-schema';
import { compose } from '#shared/core/matrix';
import type { Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { streamFor, type Stream } from '#shared/core/stream';
import type { FramePlan, PlanNode } from '#shared/plan/frame-plan';
import { worldFromLookAt } from '#shared/core/look-at';
import { intrinsicsOf, makeFramePlan } from './make-frame-plan.ts';
import type { OracleModel } from './make-oracle-models.ts';
import type { TracedMesh } from './trace-triangles.ts';

/** Triangles of a scene, and what they are of: a model's name, or the kind of a shape. */
export type OracleMesh = TracedMesh & Readonly<{ kind: string }>;

/** One scene as plans of two cameras, and its triangles. */
export type OracleScene = Readonly<{
  plans: readonly [FramePlan, FramePlan];
  meshes: readonly OracleMesh[];
}>;

/** Things in a scene, beside its floor. */
const THINGS = 60;
const SIZE = { width: 240, height: 180 };
/** Every so many things one has no category, and occludes all the same. */
const UNLABELLED = 11;

type Thing = Readonly<{ node: PlanNode; meshes: readonly OracleMesh[] }>;

/** A crowd of shapes and models within 10 m, thick enough that much of it is hidden; equal for equal numbers. */
export function makeOracleScene(number: number, models: readonly OracleModel[]): OracleScene {
  const stream = (path: string): Stream => streamFor({ seed: 'oracle', frame: number, path });
  const floor = shapeThing({ kind: 'plane', size: [12, 14] }, compose([0, 0, -4], UPRIGHT, ONE), 0);
  const things = Array.from({ length: THINGS }, (_, i) => {
    const instanceId = i % UNLABELLED === UNLABELLED - 1 ? 0 : i + 1;
    return makeThing(stream(`things[${i}]`), { models, kind: i, instanceId });
  });
  const camera = (name: string, side: number): FramePlan => {
    const next = stream(name);
    const made = makeFramePlan({
      size: SIZE,
      intrinsics: intrinsicsOf(SIZE, between(next, 45, 65), [
        between(next, -15, 15),
        between(next, -15, 15),
      ]),
      worldFromCamera: worldFromLookAt(
        [side * between(next, 0.2, 1.5), between(next, 0.8, 2.2), between(next, 0.8, 1.6)],
        [between(next, -0.5, 0.5), 1.1, -4.5],
        between(next, -12, 12),
      ),
      shapes: [],
    });
    const nodes = [floor, ...things].map(({ node }) => node);
    return { ...made, nodes, labels: { ...made.labels, normals: true } };
  };
  return {
    plans: [camera('left', -1), camera('right', 1)],
    meshes: [floor, ...things].flatMap(({ meshes }) => meshes),
  };
}

const UPRIGHT: Quat = [1, 0, 0, 0];
const ONE: Vec3 = [1, 1, 1];
const between = (next: Stream, min: number, max: number): number => min + (max - min) * next();

type Choice = Readonly<{ models: readonly OracleModel[]; kind: number; instanceId: number }>;

function makeThing(next: Stream, { models, kind, instanceId }: Choice): Thing {
  const position: Vec3 = [
    between(next, -2.2, 2.2),
    between(next, 0.1, 2.2),
    between(next, -8, -1.5),
  ];
  const turn = anyTurn(next);
  const size = between(next, 0.6, 1.3);
  // Every fifth thing is mirrored by its own matrix, some of them for the second time.
  const scale: Vec3 = [kind % 5 === 0 ? -size : size, size * between(next, 0.7, 1.3), size];
  const worldFromNode = compose(position, turn, scale);
  const model = kind % 2 === 0 ? models[(kind / 2) % models.length] : undefined;
  return model
    ? modelThing(model, worldFromNode, instanceId)
    : shapeThing(shapeOf(next, (kind - 1) / 2), worldFromNode, instanceId);
}

function shapeOf(next: Stream, kind: number): ShapeSpec {
  const shapes: readonly ShapeSpec[] = [
    { kind: 'box', size: [between(next, 0.3, 1), between(next, 0.3, 1), 0.5], bevelMeters: 0 },
    { kind: 'sphere', radius: between(next, 0.3, 0.6), segments: 16 },
    { kind: 'plane', size: [between(next, 0.5, 1.5), between(next, 0.5, 1.5)] },
    { kind: 'cylinder', radius: between(next, 0.1, 0.4), height: 1.2, segments: 20 },
    { kind: 'box', size: [0.8, 0.4, between(next, 0.4, 1)], bevelMeters: 0.08 },
    { kind: 'backdrop', width: 1, height: 0.8, depth: 0.8, bendRadius: 0.3 },
  ];
  const shape = shapes[kind % shapes.length];
  if (!shape) throw new Error(`no shape ${kind}`);
  return shape;
}

/** A turn without a favourite direction (Shoemake, "Uniform random rotations", 1992). */
function anyTurn(next: Stream): Quat {
  const [u, a, b] = [next(), 2 * Math.PI * next(), 2 * Math.PI * next()];
  const [p, q] = [Math.sqrt(1 - u), Math.sqrt(u)];
  return [q * Math.cos(b), p * Math.sin(a), p * Math.cos(a), q * Math.sin(b)];
}

const nodeOf = (worldFromNode: Mat4, instanceId: number) =>
  ({ name: 'thing', worldFromNode, instanceId, castShadow: true, receiveShadow: true }) as const;

function shapeThing(shape: ShapeSpec, worldFromNode: Mat4, instanceId: number): Thing {
  const geometry = createShapeGeometry(shape);
  const positions = geometry.getAttribute('position').array;
  const index =
    geometry.getIndex()?.array ?? Uint32Array.from({ length: positions.length / 3 }, (_, i) => i);
  const culled = shape.kind !== 'plane';
  return {
    node: { kind: 'shape', shape, ...nodeOf(worldFromNode, instanceId) },
    meshes: [
      { kind: shape.kind, positions, index, worldFromMesh: worldFromNode, instanceId, culled },
    ],
  };
}

function modelThing(model: OracleModel, worldFromNode: Mat4, instanceId: number): Thing {
  return {
    node: { kind: 'model', resource: keyOf(model), ...nodeOf(worldFromNode, instanceId) },
    meshes: model.parts.map((part) => ({
      ...part,
      kind: model.name,
      worldFromMesh: worldFromNode,
      instanceId,
    })),
  };
}

/** The key under which a scene's plans ask for a model. */
const keyOf = ({ name }: OracleModel): string => `${name.replaceAll(' ', '-')}.glb`;

/** Gives a page the models by the keys that plans of {@link makeOracleScene} name. */
export const serveModels =
  (models: readonly OracleModel[]): ResolveResource =>
  (key) => {
    const model = models.find((each) => keyOf(each) === key);
    return Promise.resolve(model ? { bytes: model.glb, contentType: 'model/gltf-binary' } : null);
  };
