import type { DataTexture, WebGLRenderer } from 'three';
import { isWide } from '#shared/core/pinhole';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { guardBandOf, type PixelRect } from '#shared/plan/guard-band';
import { type FaceLook, type RayFaces, rayFacesOf } from '#shared/plan/ray-faces';
import { colorFaces, wideDirections } from '#shared/plan/wide-rays';
import { FaceTexels, type FaceView } from './face-view.ts';
import { FloatTexels } from './float-texels.ts';
import { InTurn } from '../passes/in-turn.ts';

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

/** What of a view is worked out before any of it is on the GPU. */
type Rays = Readonly<{ labels: RayFaces; directions: Float32Array }> &
  Pick<WideView, 'colors' | 'guard' | 'guardFaces'>;

/** The faces of a lens, in textures that another one may have after it. */
type Faces = Readonly<{
  bytes: number;
  dispose: () => void;
  view: WideView;
  texels: Readonly<{ labels: FaceTexels; directions: FloatTexels }>;
}>;

/** Faces of lenses; those of a rig's views are kept. */
export class WideViews {
  readonly #renderer: WebGLRenderer;
  readonly #faces = new InTurn<Faces>();

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Null where the lens is not wide. @throws RenderError where it cannot be drawn. */
  of({ size, camera: { intrinsics }, labels, views = 1 }: FramePlan): WideView | null {
    if (!isWide(intrinsics)) return null;
    const guardBand = labels.silhouettes?.guardBand ?? 0;
    const key = JSON.stringify([intrinsics, size, guardBand]);
    const seen = { size, intrinsics, guardBand };
    return this.#faces.of(key, views, (old) => this.#fill(seen, old)).view;
  }

  #fill(seen: Seen, old: Faces | null): Faces {
    const { labels, directions, ...view } = raysOf(seen);
    const texels = old?.texels ?? {
      labels: new FaceTexels(this.#renderer),
      directions: new FloatTexels(this.#renderer, 4),
    };
    const { size } = seen;
    return {
      bytes: 2 * directions.byteLength + bytesOf(labels) + bytesOf(view.guardFaces),
      view: {
        ...view,
        labels: texels.labels.fill(labels, size),
        directions: texels.directions.fill(directions, size),
      },
      texels,
      dispose: () => {
        texels.labels.dispose();
        texels.directions.dispose();
      },
    };
  }
}

type Seen = Pick<FramePlan, 'size'> &
  Pick<FramePlan['camera'], 'intrinsics'> &
  Readonly<{ guardBand: number }>;

function raysOf({ size, intrinsics, guardBand }: Seen): Rays {
  try {
    const { width, height } = size;
    const directions = wideDirections(intrinsics, [0, 0, width, height]);
    const labels = rayFacesOf(directions);
    const texels = new Float32Array(width * height * 4);
    for (let i = 0; i < width * height; i++) {
      const direction = directions.subarray(i * 3, i * 3 + 3);
      if (!Number.isNaN(direction[0])) texels.set([...direction, 1], i * 4);
    }
    const guard = guardBandOf(size, guardBand);
    return {
      labels,
      // The shader tells sides by the same rounded numbers.
      colors: colorFaces(Float64Array.from(Float32Array.from(directions)), size),
      directions: texels,
      guard,
      guardFaces: guardBand === 0 ? labels : rayFacesOf(wideDirections(intrinsics, guard)),
    };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RenderError('unsupported', `camera.lens: ${cause.message}`, { cause });
  }
}

function bytesOf({ faces, faceOf, cellOf }: RayFaces): number {
  const own = faceOf.byteLength + cellOf.byteLength;
  return faces.reduce((sum, { rays, owners }) => sum + rays.byteLength + owners.byteLength, own);
}
