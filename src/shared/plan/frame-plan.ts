import type { ObjectKeypoint } from '../config/resolve-keypoints.ts';
import type { LabelPolicy } from '../config/label-policy.ts';
import type { ShapeSpec } from '../config/scene-schema.ts';
import type { ProceduralKind } from '../config/pattern-schema.ts';
import type { Side } from '../config/layer-schema.ts';
import type { LabelSheetSample, LayerSample, SurfaceSample } from '../sampling/scene-sample.ts';
import type { PlanDepthSensor } from './plan-depth-sensor.ts';
import type { PlanLidar } from './plan-lidars.ts';
import type { PlanPair } from './plan-pair.ts';
import type { PlanSensor } from './plan-sensor.ts';
import type { PlanWeather } from './weather-plan.ts';
import type { Pose } from '../core/rig.ts';
import type { Perez } from '../core/sky-model.ts';
import type {
  Bounds,
  Intrinsics,
  LinearRgb,
  Mat3,
  Mat4,
  Size,
  Vec2,
  Vec3,
} from '../core/geometry.ts';

/** Where the bytes of an asset are: the server hands them out by this key. */
export type ResourceKey = string;

export type PlanTexture =
  | PlanPrint
  | PlanPattern
  | Readonly<{
      kind: 'images';
      color: ResourceKey;
      normal?: ResourceKey | undefined;
      roughness?: ResourceKey | undefined;
      metalness?: ResourceKey | undefined;
      occlusion?: ResourceKey | undefined;
      height?: ResourceKey | undefined;
    }>;

/** A procedural pattern. */
export type PlanPattern = Readonly<{
  kind: ProceduralKind;
  colors: readonly LinearRgb[];
  patternSeed: number;
  octaves: number;
  cells: number;
  softness: number;
  turbulence: number;
  /** Which of the kind's forms, by its place in the schema's list. */
  variant?: number | undefined;
  /** Height of the relief over the side of a repetition; absent: no normal map. */
  slope?: number | undefined;
  /** Perceptual roughness of the lowest and the highest places; absent: no roughness map. */
  roughness?: readonly [number, number] | undefined;
}>;

/** A sheet of print, as high as it is wide times `aspect`. */
export type PlanPrint = Readonly<{ kind: 'label'; aspect: number }> & LabelSheetSample;

/** Something over a surface. */
export type PlanLayer =
  | Extract<LayerSample, { kind: 'dirt' | 'wear' }>
  | Readonly<{
      kind: 'scratches';
      color: LinearRgb;
      amount: number;
      roughness: number;
      metalness: number;
      source: PlanPattern;
      scaleMeters: number;
      rotationRadians: number;
    }>
  | Readonly<{
      kind: 'decal';
      source: Readonly<{ kind: 'images'; color: ResourceKey }> | PlanPrint;
      side: Side;
      /** Shares of the side's width and height, from the left and from below, seen from outside. */
      place: Vec2;
      sizeMeters: Vec2;
      rotationRadians: number;
      reach: number;
      roughness: number;
    }>;

/** What is stated of a surface beyond colour, roughness and metalness; never empty. */
export type PlanSurface = Omit<SurfaceSample, 'anisotropyRotationDegrees'> &
  Readonly<{ anisotropyRotationRadians?: number | undefined }>;

/** Changes to the surfaces of a node. */
export type PlanMaterial = Readonly<{
  color?: LinearRgb | undefined;
  roughness?: number | undefined;
  metalness?: number | undefined;
  surface?: PlanSurface | undefined;
  texture?:
    | Readonly<{
        source: PlanTexture;
        scaleMeters: number;
        rotationRadians: number;
        /** Power of the normal’s components by which projections are mixed; absent: 8. */
        sharpness?: number | undefined;
      }>
    | undefined;
  /** From below to above. */
  layers?: readonly PlanLayer[] | undefined;
}>;

/** What labels make of the surfaces of a node, or of those with these materials (names or patterns). */
export type PlanPolicy = Readonly<{
  policy: LabelPolicy;
  materials?: readonly string[] | undefined;
}>;

type PlanNodeBase = Readonly<{
  name: string;
  worldFromNode: Mat4;
  /** 1..65535; 0 for geometry without a category, which occludes all the same (labels.md §3). */
  instanceId: number;
  material?: PlanMaterial | undefined;
  castShadow: boolean;
  receiveShadow: boolean;
  /** It is not seen, and in no label, but darkens what is behind it as the shadow on it would. */
  shadowCatcher?: boolean | undefined;
  /** The first that fits a surface has the say; absent: none does. */
  policies?: readonly PlanPolicy[] | undefined;
}>;

/** Something to draw. */
export type PlanNode =
  | (PlanNodeBase & Readonly<{ kind: 'shape'; shape: ShapeSpec }>)
  | (PlanNodeBase &
      Readonly<{
        kind: 'model';
        resource: ResourceKey;
        /** Nodes by their place in a depth-first walk of the file; absent: as the file stores it. */
        pose?: Pose | undefined;
        /** Nodes that begin parts of the instance, by their place in a depth-first walk of the file. */
        parts?: readonly Readonly<{ node: number; partId: number }>[] | undefined;
      }>);

/** A glTF or code scene, loaded whole; its members carry ids and changes of their own. */
export type PlanStage = Readonly<{
  kind: 'gltf' | 'code';
  resource: ResourceKey;
  /** How many nodes a depth-first walk must find; another number is an error. */
  nodeCount: number;
  members: readonly Readonly<{
    index: number;
    name: string;
    instanceId: number;
    /** Where each copy of its instanced mesh is an instance: their ids in the order of the copies. */
    copyIds?: readonly number[] | undefined;
    /** It begins this part of the instance that it belongs to. */
    partId?: number | undefined;
    visible: boolean;
    castShadow: boolean;
    receiveShadow: boolean;
    /** World matrix of the member where the sample moved it; null: where what it hangs from carries it. */
    worldFromNode: Mat4 | null;
    material?: PlanMaterial | undefined;
    /** Those of what it hangs from included. */
    policies?: readonly PlanPolicy[] | undefined;
  }>[];
}>;

export type PlanLight = Readonly<{
  kind: 'directional' | 'point' | 'spot';
  position: Vec3;
  target: Vec3;
  color: LinearRgb;
  intensity: number;
  castShadow: boolean;
  sizeMeters: number;
  coneRadians: number;
  penumbra: number;
  /** Of a spot: it is a rectangle of this width and height that shines by the cosine law; metres. */
  rectangleMeters?: Vec2 | undefined;
  /** How far surfaces are lifted against shadows of their own, in texels of the shadow map; absent: 1.5 mm. */
  biasTexels?: number | undefined;
}>;

/** A sky by direction (core/sky-model.ts), in radiances on the scale of images. */
export type PlanSky = Readonly<{
  /** Towards the sun, world. */
  sun: Vec3;
  /** As `sun`, no lower than the horizon: what the distribution is about. */
  glow: Vec3;
  perez: Readonly<{ luminance: Perez; x: Perez; y: Perez }>;
  clear: number;
  chromaticity: readonly [number, number];
  /** At the zenith. */
  overcast: number;
  /** Added everywhere above the horizon, white. */
  even: number;
  /** Below the horizon. */
  ground: LinearRgb;
  /** Of the sun's disc, seen directly; its light on surfaces is among the lights. */
  disc: LinearRgb;
}>;

/** What is behind everything. Places in a picture are 0..1 from its top left; matrices map homogeneous ones. */
export type PlanBackground =
  | Readonly<{ kind: 'environment'; blur: number }>
  | Readonly<{ kind: 'color'; color: LinearRgb }>
  | Readonly<{
      kind: 'pattern';
      pattern: PlanPattern;
      /** Of a repetition, from places of the image. */
      tileFrom: Mat3;
    }>
  | Readonly<{
      kind: 'photo';
      resource: ResourceKey;
      /** Upright; another size of the bytes is an error. */
      size: Size;
      /** Whether `photoFrom` maps places of the image or directions of the world. */
      by: 'image' | 'world';
      photoFrom: Mat3;
      strength: number;
    }>;

/** A part that objects of a category may have; ids are dense from 1 in a dataset. */
export type PlanPart = Readonly<{ partId: number; categoryId: number; name: string }>;

/** One labelled object of the frame. Ids are dense from 1. */
export type PlanInstance = Readonly<{
  instanceId: number;
  /** The same in every frame of a sequence, unlike any other of the dataset; absent where frames stand alone. */
  trackId?: number | undefined;
  categoryId: number;
  category: string;
  /** Node name, or group and slot: `household[3]`. */
  name: string;
  assetId: string | null;
  /** Rigid; scale stands beside it (labels.md §7). */
  worldFromObject: Mat4;
  scale: Vec3;
  /** In the object's frame, before scale. */
  bounds: Bounds | null;
  /** Where its category has keypoints, in the order of their list. */
  keypoints?:
    | Readonly<{
        /** Metres below its own surface at which a point still counts as visible, at scale 1. */
        selfOcclusionMeters: number;
        points: readonly ObjectKeypoint[];
      }>
    | undefined;
}>;

/** What moves or flickers over the exposure of a frame, for each sub-frame in order of time. Of colour alone. */
export type PlanShutter = Readonly<{
  /** Of a rolling shutter: the share of the time, from the first row's beginning to the last one's end, that each row is exposed. */
  rolling?: Readonly<{ openShare: number }> | undefined;
  /** Absent where the camera rests. */
  worldFromCamera?: readonly Mat4[] | undefined;
  /** Nodes of the plan, by their place in it. */
  nodes: readonly Readonly<{
    index: number;
    worldFromNode: readonly Mat4[];
    poses?: readonly Pose[] | undefined;
  }>[];
  /** Members of the stage, by their place in its walk; what hangs from them goes along. */
  members: readonly Readonly<{ index: number; worldFromNode: readonly Mat4[] }>[];
  /** Lights of the plan that flicker, by their place in it; absent where all are steady. */
  lights?: readonly Readonly<{ index: number; intensities: readonly number[] }>[] | undefined;
}>;

/**
 * What to do for one frame; no chance left (design.md §2). Plain JSON. The page needs nothing else.
 */
export type FramePlan = Readonly<{
  protocol: 1;
  frame: number;
  size: Size;
  camera: Readonly<{
    /** Rigid; the camera's frame is OpenCV's: x right, y down, z forward (labels.md §2). */
    worldFromCamera: Mat4;
    intrinsics: Intrinsics;
    /** The plane that is sharp and the radius of the lens; absent: all is sharp. Colour alone has it. */
    focus?: Readonly<{ distanceMeters: number; lensRadiusMeters: number }> | undefined;
    nearMeters: number;
    farMeters: number;
  }>;
  /** How many views a moment has, whose lenses come by in turn; absent: one. */
  views?: number | undefined;
  stage: PlanStage | null;
  nodes: readonly PlanNode[];
  lights: readonly PlanLight[];
  /** How many lights of each kind any frame of the config may have: keeps shader programs equal. */
  lightCapacity: Readonly<{ directional: number; point: number; spot: number }>;
  environment: Readonly<{
    map: ResourceKey | null;
    format: 'hdr' | 'exr' | null;
    /** In place of a map. */
    sky?: PlanSky | undefined;
    rotationRadians: number;
    strength: number;
    background: PlanBackground;
  }>;
  /** Of colour alone; absent where the config has none. */
  weather?: PlanWeather | undefined;
  instances: readonly PlanInstance[];
  /** In order of id; absent where the dataset has no parts, and the page then reads none back. */
  parts?: readonly PlanPart[] | undefined;
  /** Sphere around everything that casts shadow, metres, world. */
  shadowBounds: Readonly<{ center: Vec3; radius: number }>;
  sensor: PlanSensor;
  /** It measures from depth and normals; absent where the config has none. */
  depthSensor?: PlanDepthSensor | undefined;
  /** Present where the frame has some: rays are drawn and read back for each. */
  lidars?: readonly PlanLidar[] | undefined;
  /** Whether what the sensor captured is read back; absent: it is not. */
  raw?: boolean | undefined;
  /** Absent where nothing moves or flickers over the exposure. */
  shutter?: PlanShutter | undefined;
  render: Readonly<{
    samples: 0 | 4;
    subframes: number;
    shadowMapPixels: number;
    /** Side of the images of procedural textures; absent: 512. */
    patternPixels?: number | undefined;
    ambientOcclusion: Readonly<{ radiusMeters: number; strength: number }> | null;
  }>;
  labels: Readonly<{
    opaqueFrom: number;
    /** Whether normals are read back. */
    normals: boolean;
    /** Each instance alone, on a guard band of so many image sizes on each side; null: not at all. */
    silhouettes: Readonly<{ guardBand: number }> | null;
  }>;
  /** Present where its view has a rectified pair. */
  pair?: PlanPair | undefined;
  /**
   * Frames whose depth is drawn too: of the sequence, for optical flow where it is asked for, and of the other
   * view of a rectified pair.
   */
  neighbours?: Readonly<Partial<Record<'next' | 'previous' | 'pair', FramePlan>>> | undefined;
}>;
