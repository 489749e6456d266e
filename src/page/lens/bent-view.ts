import type { DataTexture, WebGLRenderer } from 'three';
import { isWide } from '#shared/core/pinhole';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sourceViewOf, type SourceView } from '#shared/plan/source-view';
import { BentGuard } from './bent-silhouettes.ts';
import { FloatTexels } from './float-texels.ts';
import { InTurn } from '../passes/in-turn.ts';

/** A plan whose lens bends, as it is drawn: a pinhole's larger picture, and what is looked up where in it. */
export type BentView = Readonly<{
  /** The same frame as a pinhole sees it, with the size of the source. */
  plan: FramePlan;
  source: SourceView;
  /** `source.places` and `source.rays`, rows from the top. */
  places: DataTexture;
  rays: DataTexture;
  /** Where silhouettes are looked up: within `labels.silhouettes.guardBand`. */
  guard: BentGuard;
}>;

/** The source of a lens, in textures that another one may have after it. */
type Source = Readonly<{
  bytes: number;
  dispose: () => void;
  view: Omit<BentView, 'plan'>;
  texels: Readonly<{ places: FloatTexels; rays: FloatTexels }>;
}>;

/** Sources of lenses; those of a rig's views are kept. */
export class BentViews {
  readonly #renderer: WebGLRenderer;
  readonly #sources = new InTurn<Source>();

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Null where the camera is a pinhole, or its lens is wide. @throws RenderError where the lens cannot be drawn. */
  of(plan: FramePlan): BentView | null {
    const { intrinsics } = plan.camera;
    if (intrinsics.distortion === undefined || isWide(intrinsics)) return null;
    const guardBand = plan.labels.silhouettes?.guardBand ?? 0;
    const key = JSON.stringify([intrinsics, plan.size, guardBand]);
    const { view } = this.#sources.of(key, plan.views ?? 1, (old) =>
      this.#fill(plan, guardBand, old),
    );
    const { sourceSize, sourceIntrinsics } = view.source;
    const camera = { ...plan.camera, intrinsics: sourceIntrinsics };
    return { ...view, plan: { ...plan, size: sourceSize, camera } };
  }

  #fill(plan: FramePlan, guardBand: number, old: Source | null): Source {
    const source = sourceOf(plan);
    const guard = new BentGuard(source, plan.size, guardBand);
    const texels = old?.texels ?? {
      places: new FloatTexels(this.#renderer, 4),
      rays: new FloatTexels(this.#renderer, 2),
    };
    return {
      get bytes() {
        return source.places.byteLength + source.rays.byteLength + guard.bytes;
      },
      view: {
        source,
        guard,
        places: texels.places.fill(source.places, plan.size),
        rays: texels.rays.fill(source.rays, source.sourceSize),
      },
      texels,
      dispose: () => {
        texels.places.dispose();
        texels.rays.dispose();
      },
    };
  }
}

function sourceOf({ size, camera }: FramePlan): SourceView {
  try {
    return sourceViewOf(camera.intrinsics, size);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RenderError('unsupported', `camera.lens.distortion: ${cause.message}`, { cause });
  }
}
