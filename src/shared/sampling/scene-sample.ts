import type { Bounds, Intrinsics, LinearRgb, Quat, Vec2, Vec3 } from '../core/geometry.ts';
import type { Pose } from '../core/rig.ts';
import type { ProceduralKind } from '../config/pattern-schema.ts';
import type { LabelForm } from '../config/label-sheet-schema.ts';
import type { Side } from '../config/layer-schema.ts';
import type { SurfaceColor, SurfaceNumber } from '../config/surface-fields.ts';
import type { DepthSensorSample } from './depth-sensor-sample.ts';
import type { FlickerSample } from './flicker-sample.ts';
import type { LidarSample } from './lidar-sample.ts';
import type { RigSample } from './rig-sample.ts';
import type { SensorSample } from './sensor-sample.ts';
import type { ShutterSample } from './shutter-sample.ts';
import type { WeatherSample } from './weather-sample.ts';

/** A value that was drawn: what `vars:` and the record of draws hold. Four numbers are a rotation. */
export type DrawnValue = number | string | boolean | Vec3 | Quat;

/** How a texture lies on a surface, drawn. */
export type ProjectionSample = Readonly<{
  scaleMeters: number;
  rotationDegrees: number;
  /** Absent where the config does not state it. */
  sharpness?: number | undefined;
}>;

export type TextureSample =
  | (Readonly<{ kind: 'image'; imageId: string }> & ProjectionSample)
  | (Readonly<{ kind: 'material'; materialId: string }> & ProjectionSample)
  | (LabelSheetSample & Readonly<{ kind: 'label' }> & ProjectionSample)
  | PatternSample;

/** A sheet of print, drawn. */
export type LabelSheetSample = Readonly<{
  form: LabelForm;
  /** Paper, ink and what stands out; linear RGB. */
  colors: readonly [LinearRgb, LinearRgb, LinearRgb];
  /** What is printed, the most prominent first; as many lines as the form has. */
  lines: readonly string[];
  /** Thirteen digits, the last of which checks the others (EAN-13, GS1 General Specifications §7.9). */
  digits: string;
}>;

/** Something over a surface, drawn; from below to above. */
export type LayerSample =
  | Readonly<{
      kind: 'dirt' | 'wear';
      color: LinearRgb;
      roughness: number;
      /** Absent: that of the surface. */
      metalness?: number | undefined;
      amount: number;
      scaleMeters: number;
      softness: number;
      upward: number;
      low: number;
      cavity: number;
      /** Seeds the noise; a whole number below 2^24. */
      patternSeed: number;
    }>
  | Readonly<{
      kind: 'scratches';
      color: LinearRgb;
      amount: number;
      roughness: number;
      metalness: number;
      scaleMeters: number;
      rotationDegrees: number;
      cells: number;
      octaves: number;
      turbulence: number;
      patternSeed: number;
    }>
  | Readonly<{
      kind: 'decal';
      /** An image, or what is printed. */
      print: Readonly<{ imageId: string }> | LabelSheetSample;
      side: Side;
      place: Vec2;
      widthMeters: number;
      rotationDegrees: number;
      reach: number;
      roughness: number;
    }>;

/** A procedural pattern, drawn. */
export type PatternSample = ProjectionSample &
  Readonly<{
    kind: ProceduralKind;
    /** Linear RGB. */
    colors: readonly LinearRgb[];
    /** Seeds the lattice; a whole number below 2^24. */
    patternSeed: number;
    octaves: number;
    cells: number;
    /** Width of soft edges, joints and cracks, where the kind has them. */
    softness: number;
    /** Irregularity, where the kind has it. */
    turbulence: number;
    /** Which of the kind's forms, by its place in the schema's list. */
    variant?: number | undefined;
    reliefMeters?: number | undefined;
    /** Of the lowest and the highest places. */
    roughness?: readonly [number, number] | undefined;
  }>;

/** What a config states of a surface beyond colour, roughness and metalness, drawn; colours linear RGB. */
export type SurfaceSample = Readonly<
  Partial<Record<SurfaceNumber, number>> & Partial<Record<SurfaceColor, LinearRgb>>
>;

/** Changes to a surface, drawn. */
export type MaterialSample = Readonly<{
  color?: LinearRgb | undefined;
  roughness?: number | undefined;
  metalness?: number | undefined;
  /** Absent where nothing of it is stated. */
  surface?: SurfaceSample | undefined;
  texture?: TextureSample | undefined;
  /** Absent where the config has none. */
  layers?: readonly LayerSample[] | undefined;
}>;

export type CameraSample = Readonly<{
  position: Vec3;
  target: Vec3;
  rollDegrees: number;
  /** Of the frame's view, where a rig gives it a lens of its own. */
  intrinsics: Intrinsics;
  /** Where the lens is focused; absent: everywhere. */
  focus?:
    | Readonly<{ distanceMeters: number; sensorWidthMillimeters: number; aperture: number }>
    | undefined;
  nearMeters: number;
  farMeters: number;
}>;

export type LightSample = Readonly<{
  /** Group name and place in it: `key[0]`. */
  name: string;
  kind: 'directional' | 'point' | 'spot' | 'area';
  position: Vec3;
  target: Vec3;
  color: LinearRgb;
  /** Of a light that flickers: its mean. */
  intensity: number;
  /** Absent: it is steady. */
  flicker?: FlickerSample | undefined;
  /** Absent: relative. */
  unit?: 'lux' | 'candela' | 'lumen' | 'nit' | undefined;
  /** Width and height of an area light, metres. */
  rectangleMeters?: Vec2 | undefined;
  castShadow: boolean;
  sizeMeters: number;
  coneDegrees: number;
  penumbra: number;
}>;

/** Where something stands in the sky; azimuth 0 = +Z, 90 = +X. */
export type SkyDirection = Readonly<{ azimuthDegrees: number; elevationDegrees: number }>;

/** A sky with its sun, drawn. */
export type SkySample = Readonly<{
  sun: SkyDirection;
  turbidity: number;
  overcast: number;
  /** Linear RGB reflectance of the ground. */
  ground: LinearRgb;
  castShadow: boolean;
  moon?: (SkyDirection & Readonly<{ phaseDegrees: number }>) | undefined;
}>;

/** What is white, drawn. */
export type PhotometrySample = Readonly<
  { kind: 'metered'; compensationStops: number } | { kind: 'ev100'; ev100: number }
>;

/** A photo behind everything, drawn. */
export type PhotoSample = Readonly<{
  kind: 'photo';
  imageId: string;
  fit: Readonly<{ kind: 'crop'; zoom: number; x: number; y: number }> | Readonly<{ kind: 'view' }>;
  flip: boolean;
  strength: number;
  /** Its light; where it comes from is the photo's to say. */
  sun?: Readonly<{ intensity: number; color: LinearRgb; castShadow: boolean }> | undefined;
}>;

/** What is behind everything, drawn. */
export type BackgroundSample =
  | Readonly<{ kind: 'environment'; blur: number }>
  | Readonly<{ kind: 'color'; color: LinearRgb }>
  | Readonly<{
      kind: 'pattern';
      pattern: Omit<PatternSample, keyof ProjectionSample>;
      repeats: number;
      rotationDegrees: number;
    }>
  | PhotoSample;

export type EnvironmentSample = Readonly<{
  /** Environment asset id; null for an even grey sky. */
  mapId: string | null;
  /** In place of a map. */
  sky?: SkySample | undefined;
  rotationDegrees: number;
  strength: number;
  background: BackgroundSample;
}>;

/** Where a frame stands in its sequence. */
export type SequenceSample = Readonly<{
  /** Of the sequence, from 0. */
  index: number;
  /** Of the frame in the sequence, from 0. */
  step: number;
  /** Since the sequence's first frame. */
  timeSeconds: number;
}>;

/** Where a frame stands in the schedule. */
export type ScheduleSample = Readonly<{
  /** 0 for the first frame (or sequence), 1 for the last. */
  progress: number;
  /** Absent where the schedule has no stages. */
  stage?: string | undefined;
  /** The goal of `targets` that the frame pursues; absent where it has none. */
  goal?: string | undefined;
}>;

/** A node of the scene as this frame has it. */
export type NodeSample = Readonly<{
  name: string;
  visible: boolean;
  offsetMeters: Vec3;
  yawDegrees: number;
  /** About its origin, before the yaw; absent where the config states none. */
  rotation?: Quat | undefined;
  material?: MaterialSample | undefined;
}>;

/** How an object is posed, where it is not as its file stores it. */
export type PoseSample = Pose &
  Readonly<{
    clip?: string | undefined;
    /** Since the beginning of the clip. */
    clipSeconds?: number | undefined;
    /** Of its vertices in this pose, in its own frame before scale. */
    bounds: Bounds;
  }>;

/** A placed object. */
export type ObjectSample = Readonly<{
  group: string;
  slot: number;
  assetId: string;
  /** Null for distractors. */
  category: string | null;
  /** Of the asset's origin, metres, world. */
  position: Vec3;
  orientation: Quat;
  scale: number;
  pose?: PoseSample | undefined;
  material?: MaterialSample | undefined;
}>;

/**
 * Everything that was drawn for one frame (design.md §2). Plain JSON, kept with the dataset:
 * provenance, replay, statistics.
 */
export type SceneSample = Readonly<{
  seed: string;
  frame: number;
  /** Absent where frames stand alone. */
  sequence?: SequenceSample | undefined;
  /** Which attempt at the frame this is; absent for the first. */
  retry?: number | undefined;
  /** Absent where the config has neither schedule nor targets. */
  schedule?: ScheduleSample | undefined;
  vars: Readonly<Record<string, DrawnValue>>;
  camera: CameraSample;
  /** Where its view looks from, in the frame of the camera; absent where the config has no rig. */
  rig?: RigSample | undefined;
  environment: EnvironmentSample;
  /** Absent where the config has none. */
  weather?: WeatherSample | undefined;
  /** Present where something is in physical units. */
  photometry?: PhotometrySample | undefined;
  lights: readonly LightSample[];
  nodes: readonly NodeSample[];
  objects: readonly ObjectSample[];
  sensor: SensorSample;
  /** Absent where the config has none. */
  depthSensor?: DepthSensorSample | undefined;
  /** In the config's order; absent where it has none. */
  lidars?: readonly LidarSample[] | undefined;
  /** What moves while the shutter is open; absent where the config has no shutter. */
  shutter?: ShutterSample | undefined;
  /** Quality of the colour file where it is lossy; null otherwise. */
  rgbQuality: number | null;
  /** Each draw by the path of its parameter; constants are not listed. */
  draws: Readonly<Record<string, DrawnValue>>;
  /** What was left out by `whenFull: drop`, and rejected attempts, by parameter path. */
  dropped: readonly Readonly<{ path: string; reason: string }>[];
  rejections: Readonly<Record<string, number>>;
}>;
