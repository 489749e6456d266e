import type { GBuffers, InstanceAnnotation } from '#shared/annotate/annotations';
import { objectCoordinates } from '#shared/annotate/object-coordinates';
import type { Bounds, Vec3 } from '#shared/core/geometry';
import { invertAffine, multiply } from '#shared/core/matrix';
import { decomposeMatrix } from '#shared/plan/decompose-matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { CastFrame } from '../../makers/cast-with-bvh.ts';
import type { TracedMesh } from '../../makers/trace-triangles.ts';

/** One frame as the page sees it, and where rays meet its meshes. */
export type CoordinateView = Readonly<{
  plan: FramePlan;
  labels: GBuffers;
  cast: CastFrame;
  meshes: readonly TracedMesh[];
}>;

/**
 * Object coordinates of pixels, from ids and depth of the page, against the corners of the triangle that a ray
 * meets, mixed by their shares: differences in metres of the object, smallest first.
 */
export function coordinateErrors(
  { plan, labels, cast, meshes }: CoordinateView,
  pixels: readonly number[],
): Float64Array {
  const bounds = boundsByInstance(meshes);
  const coordinates = objectCoordinates(
    labels,
    plan.camera.intrinsics,
    describeInstances({ plan, meshes }, bounds),
  );
  const errors = pixels.flatMap((pixel) => {
    const id = cast.instanceId[pixel] ?? 0;
    const box = bounds.get(id);
    const mesh = meshes[cast.mesh[pixel] ?? -1];
    if (id === 0 || box === undefined || mesh === undefined) return [];
    const { scale } = decomposeMatrix(mesh.worldFromMesh);
    const off = ([0, 1, 2] as const).map((axis) => {
      const extent = box.max[axis] - box.min[axis];
      const found = (coordinates[pixel * 3 + axis] ?? NaN) * extent + box.min[axis];
      // Along an axis without extent every coordinate is 0.5, and says nothing.
      const expected = extent === 0 ? box.min[axis] : (cast.point[pixel * 3 + axis] ?? NaN);
      return (found - expected) * scale[axis];
    });
    return [Math.hypot(...off)];
  });
  return Float64Array.from(errors).sort();
}

function boundsByInstance(meshes: readonly TracedMesh[]): ReadonlyMap<number, Bounds> {
  const found = new Map<number, Bounds>();
  for (const { instanceId, positions, index } of meshes) {
    const points = Array.from(index, (corner): Vec3 => [
      positions[corner * 3] ?? 0,
      positions[corner * 3 + 1] ?? 0,
      positions[corner * 3 + 2] ?? 0,
    ]);
    const known = found.get(instanceId);
    const all = known ? [...points, known.min, known.max] : points;
    const along = (pick: (...values: number[]) => number): Vec3 => [
      pick(...all.map((p) => p[0])),
      pick(...all.map((p) => p[1])),
      pick(...all.map((p) => p[2])),
    ];
    found.set(instanceId, { min: along(Math.min), max: along(Math.max) });
  }
  return found;
}

/** Of an annotation, what object coordinates are made from. */
function describeInstances(
  { plan, meshes }: Pick<CoordinateView, 'plan' | 'meshes'>,
  bounds: ReadonlyMap<number, Bounds>,
): readonly InstanceAnnotation[] {
  const cameraFromWorld = invertAffine(plan.camera.worldFromCamera);
  const labelled = new Map(meshes.map((mesh) => [mesh.instanceId, mesh]));
  labelled.delete(0);
  return [...labelled].map(([instanceId, { worldFromMesh }]) => {
    const { rigid, scale } = decomposeMatrix(worldFromMesh);
    return {
      instanceId,
      categoryId: 1,
      name: `thing[${instanceId}]`,
      assetId: null,
      bbox: [0, 0, 1, 1],
      area: 1,
      segmentation: { size: [1, 1], counts: '' },
      cameraFromObject: multiply(cameraFromWorld, rigid),
      scale,
      bounds: bounds.get(instanceId) ?? null,
    };
  });
}
