import type { CategoryTable } from '#shared/draw/category-table';
import type { OverlayInput } from '#shared/draw/overlay';
import type { OverlayName } from '#shared/draw/overlays';
import type { DrawnParameter } from '#shared/sampling/drawn-parameters';
import type { FrameRecord } from '#shared/formats/frame-record';
import type { FramePlan } from '#shared/plan/frame-plan';

/** An instance of the frame that is in no label file. */
export type DroppedView = Readonly<{
  instanceId: number;
  categoryId: number;
  name: string;
  assetId: string | null;
  visiblePixels: number;
  /** A sentence: which rule, and by how much. */
  reason: string;
}>;

/** One frame, ready to be shown: wherever it comes from, the interface knows nothing else of it. */
export type FrameView = Readonly<{
  record: FrameRecord;
  /** What it was drawn from; null for a frame of a dataset, which is read. */
  plan: FramePlan | null;
  categories: CategoryTable;
  /** [H, W, 4] sRGB, alpha 255: the bytes that the batch encodes. */
  color: Uint8ClampedArray<ArrayBuffer>;
  /** [H, W] as the label pass wrote it, dropped instances included. */
  instanceId: Uint16Array | null;
  /** [H, W] planar depth, metres, or range through a wide lens; 0 = nothing there. */
  depth: Float32Array | null;
  /** [H, W, 3] unit, camera axes. */
  normal: Float32Array | null;
  dropped: readonly DroppedView[];
  /** What the frame drew, in the order of the draws. */
  parameters: readonly DrawnParameter[];
  polygonTolerance: number;
  /** Why the batch would refuse the frame; null where it would not. */
  refusal: string | null;
  /** It was made quickly, while a hand moves a value: fewer pixels, and figures of its own. */
  draft: boolean;
  /** What a label is drawn from, null where its record suffices; undefined where it cannot be drawn. */
  fileOf(label: OverlayName): OverlayInput['file'] | undefined;
}>;
