import type { DataTexture, WebGLRenderer } from 'three';
import type { Size } from '#shared/core/geometry';
import { multiply } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { FaceLook, RayFace, RayFaces } from '#shared/plan/ray-faces';
import { FloatTexels } from './float-texels.ts';

/** Rays that are drawn in faces, and where each finds what was drawn along it. */
export type FaceView = Readonly<{
  /** Columns and rows in which the rays are counted, row by row. */
  size: Size;
  faces: readonly Readonly<{ face: RayFace; rays: DataTexture }>[];
  /** [H, W, 4]: column and row of the face, number of the face, 1; all 0 where there is no ray. */
  places: DataTexture;
}>;

/** The textures of rays in faces, which other rays may have after them. */
export class FaceTexels {
  readonly #renderer: WebGLRenderer;
  readonly #places: FloatTexels;
  /** By the number of the face. */
  readonly #rays: FloatTexels[] = [];

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#places = new FloatTexels(renderer, 4);
  }

  /** The faces of `size.width` · `size.height` rays, on the GPU; those of the last call are gone. */
  fill({ faces, faceOf, cellOf }: RayFaces, size: Size): FaceView {
    const places = new Float32Array(size.width * size.height * 4);
    for (const [ray, number] of faceOf.entries()) {
      const [face, cell] = [faces[number], cellOf[ray] ?? -1];
      if (face === undefined) continue;
      const { width } = face.sourceSize;
      places.set([cell % width, Math.floor(cell / width), number, 1], ray * 4);
    }
    for (const texels of this.#rays.splice(faces.length)) texels.dispose();
    return {
      size,
      faces: faces.map((face, number) => {
        const texels = (this.#rays[number] ??= new FloatTexels(this.#renderer, 4));
        return { face, rays: texels.fill(face.rays, face.sourceSize) };
      }),
      places: this.#places.fill(places, size),
    };
  }

  dispose(): void {
    for (const texels of [this.#places, ...this.#rays]) texels.dispose();
  }
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
