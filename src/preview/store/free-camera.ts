import { batch, computed, effect, signal } from '@preact/signals';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Size } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { surfaceBefore } from '../space/draw-lines.ts';
import { freePlan } from '../space/free-plan.ts';
import { listGizmos, type GizmoFrame } from '../space/list-gizmos.ts';
import type { GizmoSet } from '../space/gizmo.ts';
import { besideCamera, SIDES_DEGREES, type Orbit } from '../space/orbit.ts';
import { painted } from './frame-requests.ts';
import { cutPercent, inputs, making, mode, orbit, steering, view } from './store.ts';
import { MOST_CUT } from './url-state.ts';

/** What the free camera sees: the plan that it was drawn from, and its pixels. */
export type FreeView = Readonly<{ plan: FramePlan; buffers: GBuffers }>;

/** Longest side of a picture by how it is made, pixels. */
const LONGEST = { quick: 480, well: 1280 } as const;

/** Room for the picture on the screen, CSS pixels. */
export const freeRoom = signal<Size>({ width: 0, height: 0 });
export const freeView = signal<FreeView | null>(null);
/** Whether a picture is wanted that is not there yet. */
export const looking = signal(false);
/** Why there is no picture; null where there is. */
export const freeProblem = signal<string | null>(null);

/** Which side of the sensor the free camera begins on. */
const side = signal(0);

/** The free camera, wherever it came from; null while there is no frame. */
export const freeOrbit = computed((): Orbit | null => {
  const camera = view.value?.record.sample.camera;
  if (orbit.value !== null || camera === undefined) return orbit.value;
  return besideCamera(camera, SIDES_DEGREES[side.value]);
});

function fitted({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The plan that is wanted; null where nobody looks. */
const wanted = computed((): FramePlan | null => {
  const { width, height } = freeRoom.value;
  const plan = view.value?.plan;
  const from = freeOrbit.value;
  if (mode.value !== 'scene' || making.value || !plan || !from || width * height === 0) return null;
  const quick = steering.value;
  const size = fitted({ width, height }, quick ? LONGEST.quick : LONGEST.well);
  return freePlan(plan, { orbit: from, size, quick, cut: cutPercent.value / 100 });
});

/** Of the depth of a wall: how much farther it is cut away. */
const CUT_BEYOND = 1.02;

/**
 * Where something stands before the sensor: begins on another side of it, and where each side has a wall, cuts
 * away what is before it, as the slider does. Whoever has turned the camera is left alone.
 */
function clearSight({ plan: { camera, size }, buffers: { depth } }: FreeView): void {
  const position = view.value?.record.sample.camera.position;
  const from = freeOrbit.value;
  if (orbit.value !== null || position === undefined || from === null) return;
  const wall = surfaceBefore({ camera, size, depth }, position);
  if (wall === null) return;
  if (side.value + 1 < SIDES_DEGREES.length) {
    side.value += 1;
    return;
  }
  const percent = Math.ceil((100 * CUT_BEYOND * wall) / from.distanceMeters);
  if (percent > cutPercent.value && percent <= MOST_CUT) cutPercent.value = percent;
}

/** Draws what the free camera sees, always the latest. */
export function lookFreely({
  look,
}: Readonly<{ look: (plan: FramePlan) => Promise<GBuffers> }>): void {
  let seen: FramePlan | null = null;
  const work = async (): Promise<void> => {
    if (looking.peek()) return;
    looking.value = true;
    for (let next = wanted.value; next !== null && next !== seen; next = wanted.value) {
      seen = next;
      await painted();
      try {
        const buffers = await look(next);
        batch(() => {
          freeView.value = { plan: next, buffers };
          freeProblem.value = null;
        });
        if (wanted.value === next) clearSight({ plan: next, buffers });
      } catch (error) {
        freeProblem.value = error instanceof Error ? error.message : String(error);
      }
    }
    looking.value = false;
  };
  effect(() => {
    if (view.value !== null) side.value = 0;
  });
  effect(() => {
    if (wanted.value !== null && wanted.value !== seen) void work();
  });
}

const NOTHING: GizmoSet = { gizmos: [], notes: [] };

/** The frame whose gizmos are wanted, by itself: they do not follow the camera. */
const gizmoFrame = computed((): GizmoFrame | null => {
  const frame = view.value;
  const used = inputs.value;
  if (mode.value !== 'scene' || !frame?.plan || used === null) return null;
  return { inputs: used, sample: frame.record.sample, plan: frame.plan };
});

/** What stands behind the frame in view. */
export const gizmoSet = computed((): GizmoSet => {
  const frame = gizmoFrame.value;
  if (frame === null) return NOTHING;
  try {
    return listGizmos(frame);
  } catch (error) {
    return { gizmos: [], notes: [error instanceof Error ? error.message : String(error)] };
  }
});
