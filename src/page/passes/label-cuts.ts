import type { Material, Plane } from 'three';
import type { Mat4 } from '#shared/core/geometry';

/** What cuts or moves a surface besides its geometry and its opacity. */
export type LabelCuts = Readonly<{
  /** Planes of the world; what lies behind them is cut off. */
  planes: readonly Plane[];
  /** Cut off what lies behind all of them only, and not what lies behind any. */
  byAll: boolean;
  /** As in GL: by the slope of the depth, and by its smallest step; only which surface is nearer depends on it. */
  offset: Readonly<{ factor: number; units: number }> | null;
}>;

/** Clipping planes and polygon offset of a material, as three.js reads them. */
export function cutsOf(material: Material): LabelCuts {
  const { polygonOffset, polygonOffsetFactor: factor, polygonOffsetUnits: units } = material;
  return {
    planes: material.clippingPlanes ?? [],
    byAll: material.clipIntersection,
    offset: polygonOffset && (factor !== 0 || units !== 0) ? { factor, units } : null,
  };
}

/** Defines of the label shader that cuts ask for; equal ones share a program. */
export function cutDefines({ planes, byAll, offset }: LabelCuts): Record<string, string> {
  return {
    ...(planes.length > 0 && { CLIP_PLANES: String(planes.length) }),
    ...(planes.length > 0 && byAll && { CLIP_BY_ALL: '' }),
    ...(offset && { DEPTH_OFFSET: '' }),
  };
}

/**
 * Planes in the camera's frame, OpenCV axes: normal and constant of each, so that n·p + c is how far p lies
 * before the plane.
 * @param worldFromCamera row-major, rigid.
 */
export function planesInCamera(planes: readonly Plane[], worldFromCamera: Mat4): readonly number[] {
  const column = (j: number): readonly number[] =>
    [0, 1, 2].map((row) => worldFromCamera[row * 4 + j] ?? NaN);
  return planes.flatMap(({ normal: { x, y, z }, constant }) => {
    const along = ([a = NaN, b = NaN, c = NaN]: readonly number[]): number => x * a + y * b + z * c;
    return [along(column(0)), along(column(1)), along(column(2)), along(column(3)) + constant];
  });
}
