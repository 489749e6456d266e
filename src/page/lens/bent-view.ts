import { DataTexture, FloatType, NearestFilter, RGBAFormat, RGFormat } from 'three';
import { isWide } from '#shared/core/pinhole';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sourceViewOf, type SourceView } from '#shared/plan/source-view';

/** A plan whose lens bends, as it is drawn: a pinhole's larger picture, and what is looked up where in it. */
export type BentView = Readonly<{
  /** The same frame as a pinhole sees it, with the size of the source. */
  plan: FramePlan;
  source: SourceView;
  /** `source.places` and `source.rays`, rows from the top. */
  places: DataTexture;
  rays: DataTexture;
}>;

/** Sources of lenses; that of the last one is kept, since a camera mostly keeps its lens. */
export class BentViews {
  #last: Readonly<{ key: string; view: Omit<BentView, 'plan'> }> | null = null;

  /** Null where the camera is a pinhole, or its lens is wide. @throws RenderError where the lens cannot be drawn. */
  of(plan: FramePlan): BentView | null {
    const { intrinsics } = plan.camera;
    if (intrinsics.distortion === undefined || isWide(intrinsics)) return null;
    const key = JSON.stringify([intrinsics, plan.size]);
    if (this.#last?.key !== key) {
      this.#last?.view.places.dispose();
      this.#last?.view.rays.dispose();
      this.#last = { key, view: createView(plan) };
    }
    const { view } = this.#last;
    const { sourceSize, sourceIntrinsics } = view.source;
    const camera = { ...plan.camera, intrinsics: sourceIntrinsics };
    return { ...view, plan: { ...plan, size: sourceSize, camera } };
  }
}

function createView({ size, camera }: FramePlan): Omit<BentView, 'plan'> {
  try {
    const source = sourceViewOf(camera.intrinsics, size);
    return {
      source,
      places: floatTexture(source.places, { ...size, channels: 4 }),
      rays: floatTexture(source.rays, { ...source.sourceSize, channels: 2 }),
    };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RenderError('unsupported', `camera.lens.distortion: ${cause.message}`, { cause });
  }
}

/** Numbers of pixels, to be fetched one by one. */
export function floatTexture(
  values: Float32Array,
  { width, height, channels }: Readonly<{ width: number; height: number; channels: 2 | 4 }>,
): DataTexture {
  const format = channels === 2 ? RGFormat : RGBAFormat;
  const texture = new DataTexture(values, width, height, format, FloatType);
  texture.internalFormat = channels === 2 ? 'RG32F' : 'RGBA32F';
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
