import { Matrix4, Mesh, Scene, type Camera } from 'three';
import type { CopyTile, LabelCopy } from './label-copies.ts';
import type { LabelPurpose } from './label-material.ts';
import type { LabelLook, LabelMesh, TargetView } from './label-meshes.ts';

/** A mesh, and the tile that it is drawn into where it has one. */
export type PlacedMesh = Readonly<{
  mesh: LabelMesh;
  tile?: CopyTile;
  /** Not with others, though they look alike. */
  alone?: boolean;
}>;

/** A mesh with how it is drawn. */
export type PlacedDraw = PlacedMesh & Readonly<{ look: LabelLook }>;

export type LabelSceneOptions = Readonly<{
  purpose: LabelPurpose;
  view: TargetView;
  camera: Camera;
  /** Draws that are made at once: each group is of one geometry and one look. */
  groupDraws: (draws: readonly PlacedDraw[]) => readonly (readonly PlacedDraw[])[];
  /** Called before each group is drawn. */
  beforeDraw?: (draws: readonly PlacedDraw[]) => void;
}>;

/** The scene of a label pass: copies of a geometry are one mesh in it, and meshes are drawn in order of their groups. */
export function createLabelScene(
  placed: readonly PlacedMesh[],
  { purpose, view, camera, groupDraws, beforeDraw }: LabelSceneOptions,
): Scene {
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const draws = placed.map((one) => ({ ...one, look: one.mesh.lookFor(purpose, view) }));
  for (const group of groupDraws(draws).flatMap(cutGroup)) {
    const [first] = group;
    if (first === undefined) continue;
    const { look, mesh: source } = first;
    const copies = group.map((draw) => copyOf(draw, camera));
    const mesh = new Mesh(source.geometry, look.material);
    mesh.frustumCulled = false;
    mesh.renderOrder = scene.children.length;
    mesh.onBeforeRender = () => {
      source.geometry.instanceCount = copies.length;
      look.setUniforms(copies);
      beforeDraw?.(group);
    };
    scene.add(mesh);
  }
  return scene;
}

/** Draws of equal keys together but for those that are drawn alone, in the order in which they first come. */
export function groupByKey(draws: readonly PlacedDraw[]): readonly (readonly PlacedDraw[])[] {
  const groups: PlacedDraw[][] = [];
  const open = new Map<string, PlacedDraw[]>();
  for (const draw of draws) {
    const group = draw.alone ? undefined : open.get(draw.look.key);
    if (group) {
      group.push(draw);
      continue;
    }
    const own = [draw];
    groups.push(own);
    if (!draw.alone) open.set(draw.look.key, own);
  }
  return groups;
}

/** A group in pieces of as many copies as are drawn at once. */
function cutGroup(group: readonly PlacedDraw[]): readonly (readonly PlacedDraw[])[] {
  const most = group[0]?.look.copiesAtOnce ?? 1;
  const pieces = Math.ceil(group.length / most);
  return Array.from({ length: pieces }, (_, i) => group.slice(i * most, (i + 1) * most));
}

function copyOf({ mesh, tile }: PlacedDraw, camera: Camera): LabelCopy {
  const { facing, partId, instanceId, matrixWorld } = mesh;
  const cameraFromMesh = new Matrix4().multiplyMatrices(camera.matrixWorldInverse, matrixWorld);
  return { cameraFromMesh, facing, partId, instanceId, tile };
}
