import type { DataTexture } from 'three';
import { isWide } from '#shared/core/pinhole';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { guardBandOf, type PixelRect } from '#shared/plan/guard-band';
import { type FaceLook, type RayFaces, rayFacesOf } from '#shared/plan/ray-faces';
import { colorFaces, wideDirections } from '#shared/plan/wide-rays';
import { floatTexture } from './bent-view.ts';
import { createFaceView, type FaceView } from './face-view.ts';

/** A plan with a wide lens, as it is drawn: in the faces of a cube. */
export type WideView = Readonly<{
  labels: FaceView;
  /** Pictures of colour, and [H, W, 4] the unit direction of each pixel and 1, or 0. */
  colors: readonly FaceLook[];
  directions: DataTexture;
  /** The pixels of the image and its guard band, and the faces of objects that are drawn alone. */
  guard: PixelRect;
  guardFaces: RayFaces;
}>;

/** Faces of lenses; those of the last one are kept, since a camera mostly keeps its lens. */
export class WideViews {
  #last: Readonly<{ key: string; view: WideView }> | null = null;

  /** Null where the lens is not wide. @throws RenderError where it cannot be drawn. */
  of({ size, camera: { intrinsics }, labels }: FramePlan): WideView | null {
    if (!isWide(intrinsics)) return null;
    const guardBand = labels.silhouettes?.guardBand ?? 0;
    const key = JSON.stringify([intrinsics, size, guardBand]);
    if (this.#last?.key === key) return this.#last.view;
    this.#last?.view.labels.dispose();
    this.#last?.view.directions.dispose();
    try {
      const view = createView({ size, intrinsics, guardBand });
      this.#last = { key, view };
      return view;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new RenderError('unsupported', `camera.lens: ${cause.message}`, { cause });
    }
  }
}

type Seen = Pick<FramePlan, 'size'> &
  Pick<FramePlan['camera'], 'intrinsics'> &
  Readonly<{ guardBand: number }>;

function createView({ size, intrinsics, guardBand }: Seen): WideView {
  const { width, height } = size;
  const directions = wideDirections(intrinsics, [0, 0, width, height]);
  const faces = rayFacesOf(directions);
  const texels = new Float32Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const direction = directions.subarray(i * 3, i * 3 + 3);
    if (!Number.isNaN(direction[0])) texels.set([...direction, 1], i * 4);
  }
  const guard = guardBandOf(size, guardBand);
  return {
    labels: createFaceView(faces, size),
    // The shader tells sides by the same rounded numbers.
    colors: colorFaces(Float64Array.from(Float32Array.from(directions)), size),
    directions: floatTexture(texels, { ...size, channels: 4 }),
    guard,
    guardFaces: guardBand === 0 ? faces : rayFacesOf(wideDirections(intrinsics, guard)),
  };
}
