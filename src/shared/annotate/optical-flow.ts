import { AnnotationError } from '../core/errors.ts';
import { type FlowFrame, flowTracer, motionMaps } from './flow-tracer.ts';

/** What became of the surface point of a pixel in the other frame: the values of a flow mask. */
export const FLOW_STATE = {
  /** No geometry at the pixel, or the point comes to lie before the other near plane. */
  unknown: 0,
  visible: 1,
  /** Something nearer is before it. */
  occluded: 2,
  /** It falls outside of the image, or beyond the far plane. */
  outside: 3,
} as const;

/** Where the surface points of a frame's pixels fall in a neighbouring frame (labels.md §6). */
export type OpticalFlow = Readonly<{
  width: number;
  height: number;
  /** [H, W, 2] x right and y down in pixels, from the pixel's centre; 0 where unknown. */
  uv: Float32Array;
  /** [H, W] of {@link FLOW_STATE}. */
  state: Uint8Array;
}>;

/** Share of a point's depth by which a surface may be nearer and not hide it: depth is float32, edges snap. */
const NEARER_SHARE = 1e-3;

/**
 * Optical flow from one frame to a neighbour in its sequence. Each pixel's centre is lifted by its depth,
 * taken into its object's frame by the pose there, and by the pose in the other frame into the other
 * camera; what carries no id belongs to the static scene. A point is occluded where {@link isHidden}.
 * @throws AnnotationError where the frames do not show the same instances, or buffers differ in size.
 */
export function opticalFlow(from: FlowFrame, to: FlowFrame): OpticalFlow {
  const { width, height, instanceId, depth } = from.buffers;
  requireSameSize(from, to);
  const maps = motionMaps(from.plan, to.plan);
  requireSameInstances(from, to);
  const trace = flowTracer(from, to.plan, maps);
  const uv = new Float32Array(width * height * 2);
  const state = new Uint8Array(width * height);
  const at = new Float64Array(3);
  for (let i = 0; i < depth.length; i++) {
    const id = instanceId[i] ?? 0;
    if (maps[id] === undefined) {
      throw new AnnotationError(
        `optical flow: expected an instance of the plan at pixel (${i % width}, ${Math.floor(i / width)}), found id ${id}.`,
      );
    }
    if (!trace(i, depth[i] ?? 0, at)) continue;
    uv[i * 2] = (at[0] ?? NaN) - ((i % width) + 0.5);
    uv[i * 2 + 1] = (at[1] ?? NaN) - (Math.floor(i / width) + 0.5);
    state[i] = stateOf(at, id, to);
  }
  return { width, height, uv, state };
}

/** @param at x, y in pixels and depth in metres of a point of instance `id` in the other frame. */
function stateOf(at: Float64Array, id: number, { plan, buffers }: FlowFrame): number {
  const [x = NaN, y = NaN, z = NaN] = at;
  const { width, height } = buffers;
  const isInside = x >= 0 && x < width && y >= 0 && y < height && z <= plan.camera.farMeters;
  if (!isInside) return FLOW_STATE.outside;
  return isHidden([x, y, z], id, buffers) ? FLOW_STATE.occluded : FLOW_STATE.visible;
}

/**
 * Whether a point of an instance is hidden at its place in an image: the pixel in which it falls shows
 * something nearer. Its own instance may slope towards the camera there: it hides the point where it is
 * nearer at all of the four pixel centres around the point, between which a plane's depth lies.
 */
export function isHidden(
  [x, y, z]: readonly [number, number, number],
  id: number,
  { width, height, instanceId, depth }: FlowFrame['buffers'],
): boolean {
  const least = z * (1 - NEARER_SHARE);
  const pixel = Math.floor(y) * width + Math.floor(x);
  const surface = depth[pixel] ?? 0;
  if (surface === 0 || surface >= least) return false;
  if (instanceId[pixel] !== id) return true;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  for (let row = Math.max(0, top); row <= Math.min(height - 1, top + 1); row++) {
    for (let column = Math.max(0, left); column <= Math.min(width - 1, left + 1); column++) {
      const i = row * width + column;
      if (instanceId[i] === id && (depth[i] ?? 0) >= least) return false;
    }
  }
  return true;
}

function requireSameSize({ buffers: from }: FlowFrame, { buffers: to }: FlowFrame): void {
  const pixels = from.width * from.height;
  for (const { length } of [from.depth, from.instanceId, to.depth, to.instanceId]) {
    if (length === pixels && from.width === to.width) continue;
    throw new AnnotationError(
      `optical flow: expected ids and depths of ${from.width}×${from.height} pixels in both frames, found ${length} of ${to.width}×${to.height}.`,
    );
  }
}

function requireSameInstances({ plan: from }: FlowFrame, { plan: to }: FlowFrame): void {
  const names = new Map(to.instances.map((one) => [one.instanceId, one.name]));
  for (const { instanceId, name } of from.instances) {
    if (names.get(instanceId) === name) continue;
    throw new AnnotationError(
      `optical flow: expected instance ${instanceId} to be "${name}" in both frames, found ${JSON.stringify(names.get(instanceId))}.`,
    );
  }
}
