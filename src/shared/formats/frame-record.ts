import type { Annotations } from '../annotate/annotations.ts';
import type { DisparityRecord } from '../annotate/frame-disparity.ts';
import type { FlowCounts, FlowDirection } from '../annotate/frame-flows.ts';
import type { LidarRecord } from '../annotate/lidar/sweep.ts';
import type { AcceptanceRecord } from '../annotate/judge-frame.ts';
import type { Intrinsics, LinearRgb, Mat4 } from '../core/geometry.ts';
import type { SceneSample, SequenceSample } from '../sampling/scene-sample.ts';

/** A file of the dataset: path relative to its folder, SHA-256 in hex, length in bytes. */
export type RecordedFile = Readonly<{ path: string; sha256: string; bytes: number }>;

/** Endings of a lidar's files. */
export const LIDAR_EXTENSIONS = ['npz', 'ply', 'bin', 'label'] as const;
type LidarExtension = (typeof LIDAR_EXTENSIONS)[number];

/** A lidar's file, by its name: `lidar/roof.npz`. */
export type LidarFileKind = `lidar/${string}.${LidarExtension}`;

/** True for a lidar's file. */
export const isLidarFile = (kind: string): kind is LidarFileKind => kind.startsWith('lidar/');

/** What a frame's files are; a kind appears when it was asked for. */
export type FileKind = PlainFileKind | LidarFileKind;

/** Kinds of which a frame has one file. */
export type PlainFileKind =
  | 'rgb'
  | 'raw'
  | 'instance'
  | 'semantic'
  | 'panoptic'
  | 'part'
  | 'depth'
  | 'depth-float'
  | 'measured-depth'
  | 'measured-depth-float'
  | 'disparity'
  | 'disparity-float'
  | 'disparity-mask'
  | 'range'
  | 'normals'
  | 'normals-float'
  | 'object-coordinates'
  | 'object-coordinates-float'
  | 'point-cloud'
  | 'lidar-depth'
  | 'flow-forward'
  | 'flow-forward-mask'
  | 'flow-backward'
  | 'flow-backward-mask';

/** What develops a raw image. */
export type RawRecord = Readonly<{
  /** Colours of the first two pixels of the first two rows; null where each pixel has all three. */
  pattern: 'rggb' | 'bggr' | 'grbg' | 'gbrg' | null;
  /** Of 16-bit codes: of no light, of white, the highest; null where the file holds light. */
  codes: Readonly<{ black: number; white: number; highest: number }> | null;
  /** Factors of red, green and blue. */
  whiteBalance: LinearRgb;
  /** From what is balanced to linear sRGB, row by row; null where that is what it is. */
  linearFromBalanced: readonly number[] | null;
}>;

/** Where a frame stands in a rig. */
export type RigPlace = Readonly<{
  /** The same for all views of a moment, from 0. */
  moment: number;
  /** Name of the view. */
  view: string;
}>;

/** One frame, whole: the one source of every output format (design.md §2). One line of `frames.jsonl`. */
export type FrameRecord = Readonly<{
  recordVersion: 1;
  frame: number;
  /** Absent where frames stand alone. */
  sequence?: SequenceSample | undefined;
  /** Which view of which moment it is; absent where the config has no rig. */
  rig?: RigPlace | undefined;
  width: number;
  height: number;
  camera: Readonly<{
    intrinsics: Intrinsics;
    /** Rigid, row-major, OpenCV camera axes, metres. */
    worldFromCamera: Mat4;
    /** Present where the lens is focused: colour alone has the blur. */
    focus?: Readonly<{ distanceMeters: number; lensRadiusMeters: number }> | undefined;
    nearMeters: number;
    farMeters: number;
  }>;
  /** What light was multiplied by before the sensor; present where a meter had a say in it. */
  exposure?: Readonly<{ metered: number; factor: number }> | undefined;
  /** How codes or light of the raw image are read; present where there is one. */
  raw?: RawRecord | undefined;
  annotations: Annotations;
  /** Counts of the flows that it has; absent where it has none. */
  flow?: Readonly<Partial<Record<FlowDirection, FlowCounts>>> | undefined;
  /** What its lidars saw and did not; absent where it has none. */
  lidars?: readonly LidarRecord[] | undefined;
  /** Counts of its disparity; absent where its view has no rectified pair. */
  disparity?: DisparityRecord | undefined;
  /** Absent where the config has neither `accept` nor `targets`. */
  acceptance?: AcceptanceRecord | undefined;
  files: Readonly<
    Partial<Record<PlainFileKind, RecordedFile>> & Record<LidarFileKind, RecordedFile>
  >;
  sample: SceneSample;
}>;
