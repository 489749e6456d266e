import type { DataTexture } from 'three';
import type { Size } from '#shared/core/geometry';
import { multiply } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { FaceLook, RayFace, RayFaces } from '#shared/plan/ray-faces';
import { floatTexture } from './bent-view.ts';

/** Rays that are drawn in faces, and where each finds what was drawn along it. */
export type FaceView = Readonly<{
  /** Columns and rows in which the rays are counted, row by row. */
  size: Size;
  faces: readonly Readonly<{ face: RayFace; rays: DataTexture }>[];
  /** [H, W, 4]: column and row of the face, number of the face, 1; all 0 where there is no ray. */
  places: DataTexture;
  dispose: () => void;
}>;

/** The faces of `size.width` · `size.height` rays, on the GPU. */
export function createFaceView({ faces, faceOf, cellOf }: RayFaces, size: Size): FaceView {
  const places = new Float32Array(size.width * size.height * 4);
  for (const [ray, number] of faceOf.entries()) {
    const [face, cell] = [faces[number], cellOf[ray] ?? -1];
    if (face === undefined) continue;
    const { width } = face.sourceSize;
    places.set([cell % width, Math.floor(cell / width), number, 1], ray * 4);
  }
  const placeTexture = floatTexture(places, { ...size, channels: 4 });
  const withRays = faces.map((face) => ({
    face,
    rays: floatTexture(face.rays, { ...face.sourceSize, channels: 4 }),
  }));
  return {
    size,
    faces: withRays,
    places: placeTexture,
    dispose: () => {
      placeTexture.dispose();
      for (const { rays } of withRays) rays.dispose();
    },
  };
}

/** A plan as a face of its camera sees it. */
export function planOfFace(
  plan: FramePlan,
  { cameraFromFace, sourceIntrinsics, sourceSize }: FaceLook,
): FramePlan {
  const worldFromCamera = multiply(plan.camera.worldFromCamera, cameraFromFace);
  const camera = { ...plan.camera, worldFromCamera, intrinsics: sourceIntrinsics };
  return { ...plan, size: sourceSize, camera };
}

/**
 * A plan of a face that begins as deep as what is just in reach may be: the corners of a face are √3 times as far as
 * they are deep.
 */
export function fromNearer(plan: FramePlan): FramePlan {
  const nearMeters = plan.camera.nearMeters / Math.sqrt(3);
  return { ...plan, camera: { ...plan.camera, nearMeters } };
}
