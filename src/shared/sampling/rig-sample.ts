import type { Intrinsics } from '../core/geometry.ts';
import type { ViewPose } from '../core/view-pose.ts';

/** A view of the rig, drawn. */
export type ViewSample = ViewPose &
  Readonly<{
    name: string;
    /** Of a lens of its own; absent: those of the camera. */
    intrinsics?: Intrinsics | undefined;
  }>;

/** The rig of a moment, drawn; the frames of the moment differ by `view` alone. */
export type RigSample = Readonly<{
  /** Which of the views the frame is. */
  view: number;
  /** All views, in the order of the config. */
  views: readonly ViewSample[];
}>;
