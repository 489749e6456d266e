import type { WebGLRenderer } from 'three';
import type { RayBuffers } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import { lidarDirections, opticalDirections } from '#shared/core/lidar-rays';
import { multiply } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { LIDAR_FROM_OPTICAL } from '#shared/plan/lidar-pose';
import type { PlanLidar } from '#shared/plan/plan-lidars';
import { rayFacesOf } from '#shared/plan/ray-faces';
import { FaceLabels } from '../lens/face-labels.ts';
import { FaceTexels, type FaceView } from '../lens/face-view.ts';
import type { Arriving, PixelReads } from '../readback/pixel-reads.ts';
import { readRays } from '../readback/read-rays.ts';
import type { LabelMesh } from './label-meshes.ts';

/** Surfaces before this are inside of the lidar, metres. */
const NEAREST_METERS = 0.01;

/** The rays of a lidar, which mostly are those of the frame before, and what draws along them. */
type KnownRays = Readonly<{
  key: string;
  directions: Float64Array;
  texels: FaceTexels;
  view: FaceView;
  labels: FaceLabels;
}>;

/** Draws what the rays of a frame's lidars meet, one lidar after the other, and reads it back. */
export class LidarPass {
  readonly #renderer: WebGLRenderer;
  readonly #known = new Map<string, KnownRays>();

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** @throws RenderError where rays of a lidar cannot be told apart. */
  render(
    plan: FramePlan,
    meshes: readonly LabelMesh[],
    reads: PixelReads,
  ): Arriving<readonly RayBuffers[]> {
    const renderer = this.#renderer;
    const arriving = (plan.lidars ?? []).map((one) => {
      const { directions, view, labels } = this.#raysOf(one);
      const target = labels.render(planOf(plan, one), meshes, view);
      return readRays({ renderer, reads }, target, directions);
    });
    return () => arriving.map((rays) => rays());
  }

  /** Rays by the lidar's name, in textures that other rays may have had before. */
  #raysOf({ lidar }: PlanLidar): KnownRays {
    const { name, elevationsDegrees, azimuthOffsetsDegrees, turn } = lidar;
    const key = JSON.stringify([elevationsDegrees, azimuthOffsetsDegrees, turn]);
    const known = this.#known.get(name);
    if (known?.key === key) return known;
    const directions = opticalDirections(lidarDirections(lidar));
    const size = { width: turn.columns, height: elevationsDegrees.length };
    const faces = facesOf(name, directions);
    const texels = known?.texels ?? new FaceTexels(this.#renderer);
    const labels = known?.labels ?? new FaceLabels(this.#renderer);
    const made = { key, directions, texels, view: texels.fill(faces, size), labels };
    this.#known.set(name, made);
    return made;
  }
}

function facesOf(name: string, directions: Float64Array): ReturnType<typeof rayFacesOf> {
  try {
    return rayFacesOf(directions);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RenderError('unsupported', `camera.lidars.${name}: ${cause.message}`, { cause });
  }
}

/** The plan as the lidar sees it: with OpenCV's axes, and normals that are read back. */
function planOf(plan: FramePlan, { lidar, worldFromLidar }: PlanLidar): FramePlan {
  return {
    ...plan,
    camera: {
      ...plan.camera,
      worldFromCamera: multiply(worldFromLidar, LIDAR_FROM_OPTICAL),
      nearMeters: NEAREST_METERS,
      farMeters: lidar.farMeters,
    },
    labels: { ...plan.labels, normals: true },
  };
}
