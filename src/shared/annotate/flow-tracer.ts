import type { Mat4 } from '../core/geometry.ts';
import { invertAffine, multiply } from '../core/matrix.ts';
import { projectPoint } from '../core/pinhole.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { GBuffers } from './annotations.ts';

/** Camera and poses of a frame: what flow needs of a plan, or of a record. */
export type FlowPlan = Readonly<{
  camera: FramePlan['camera'];
  instances: readonly Readonly<{ instanceId: number; name: string; worldFromObject: Mat4 }>[];
}>;

/** What a frame's pixels show: [H, W] instance ids, and planar depth in metres, 0 = nothing. */
export type FlowBuffers = Pick<GBuffers, 'width' | 'height' | 'instanceId' | 'depth'>;

/** A frame that pixels move from or to. */
export type FlowFrame = Readonly<{ plan: FlowPlan; buffers: FlowBuffers }>;

/** Maps of points, camera to camera, row-major, by instance id; 0 is the static scene. */
export type MotionMaps = readonly (Float64Array | undefined)[];

/** For each id the map of one camera's frame to the other's; undefined where one frame lacks the instance. */
export function motionMaps(from: FlowPlan, to: FlowPlan): MotionMaps {
  const cameraFromWorld = invertAffine(to.camera.worldFromCamera);
  const { worldFromCamera } = from.camera;
  const still = Float64Array.from(multiply(cameraFromWorld, worldFromCamera));
  const maps: (Float64Array | undefined)[] = [still];
  const others = new Map(to.instances.map((one) => [one.instanceId, one]));
  for (const { instanceId, name, worldFromObject } of from.instances) {
    const other = others.get(instanceId);
    if (other?.name !== name) continue;
    const rests = worldFromObject.every((value, i) => value === other.worldFromObject[i]);
    const worldFromWorld = multiply(other.worldFromObject, invertAffine(worldFromObject));
    maps[instanceId] = rests
      ? still
      : Float64Array.from(multiply(multiply(cameraFromWorld, worldFromWorld), worldFromCamera));
  }
  return maps;
}

/**
 * Where the surface point of a pixel falls in the other frame, by the pose of its object in both.
 * @param i the pixel; @param z its depth, metres; @param out x, y in pixels and depth in metres there.
 * @returns false where nothing is at the pixel, or the point comes to lie before the other near plane
 * or where the other lens does not show it.
 */
export type FlowTracer = (i: number, z: number, out: Float64Array) => boolean;

/** {@link FlowTracer} of the pixels of `from`; each of their ids must have a map. */
export function flowTracer(from: FlowFrame, to: FlowPlan, maps: MotionMaps): FlowTracer {
  const { width, height, instanceId } = from.buffers;
  const rays = pixelRays(from.plan.camera.intrinsics, { width, height });
  const { intrinsics, nearMeters } = to.camera;
  return (i, z, out) => {
    if (!(z > 0)) return false;
    const m = maps[instanceId[i] ?? 0];
    if (m === undefined) throw new RangeError(`expected a motion of instance ${instanceId[i]}`);
    const [u, v] = [i % width, Math.floor(i / width)];
    const [x, y] = [rays.x(u, v) * z, rays.y(u, v) * z];
    const w = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
    if (!(w >= nearMeters)) return false;
    const place = projectPoint(intrinsics, [
      m[0]! * x + m[1]! * y + m[2]! * z + m[3]!,
      m[4]! * x + m[5]! * y + m[6]! * z + m[7]!,
      w,
    ]);
    if (place === null) return false;
    out[0] = place.x;
    out[1] = place.y;
    out[2] = w;
    return true;
  };
}
