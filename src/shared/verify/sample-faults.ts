import { INTRINSICS } from './intrinsics-shape.ts';
import {
  FINITE,
  FINITE_THROUGHOUT,
  FLAG,
  isObject,
  leaf,
  list,
  nullable,
  object,
  oneOf,
  POSITIVE,
  SHARE,
  TEXT,
  whole,
  type Shape,
  type ShapeFault,
} from './json-shape.ts';

const VECTOR = list(FINITE, 3);
const RECORD = leaf(isObject, 'an object');

/** What the shape says, or nothing. */
const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? [] : shape(value, path);

const PROJECTION = {
  scaleMeters: POSITIVE,
  rotationDegrees: FINITE,
  sharpness: optional(POSITIVE),
};
const TEXTURES: Readonly<Record<string, Shape>> = {
  image: object({ imageId: TEXT, ...PROJECTION }),
  material: object({ materialId: TEXT, ...PROJECTION }),
};
const PATTERN = object({
  kind: TEXT,
  colors: list(VECTOR),
  ...PROJECTION,
  patternSeed: whole(0, 2 ** 24 - 1),
  octaves: FINITE,
  cells: FINITE,
  softness: FINITE,
  turbulence: FINITE,
});

/** The shape of a value's kind; `other` where it has none of these. */
function byKind(shapes: Readonly<Record<string, Shape>>, other: Shape): Shape {
  return (value, path) => {
    const kind = isObject(value) ? value['kind'] : undefined;
    const known = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : other;
    return (known ?? other)(value, path);
  };
}

const texture = byKind(TEXTURES, PATTERN);

const MATERIAL = optional(
  object({
    color: optional(VECTOR),
    roughness: optional(SHARE),
    metalness: optional(SHARE),
    surface: optional(RECORD),
    texture: optional(texture),
  }),
);

const CAMERA = object({
  position: VECTOR,
  target: VECTOR,
  rollDegrees: FINITE,
  intrinsics: INTRINSICS,
  focus: optional(
    object({ distanceMeters: POSITIVE, sensorWidthMillimeters: POSITIVE, aperture: POSITIVE }),
  ),
  nearMeters: POSITIVE,
  farMeters: POSITIVE,
});

const LIGHT = object({
  name: TEXT,
  kind: oneOf('directional', 'point', 'spot', 'area'),
  position: VECTOR,
  target: VECTOR,
  color: VECTOR,
  intensity: FINITE,
  flicker: optional(
    object({ kind: oneOf('mains', 'unsteady'), hertz: POSITIVE, depth: SHARE, factor: FINITE }),
  ),
  castShadow: FLAG,
  sizeMeters: FINITE,
  coneDegrees: FINITE,
  penumbra: FINITE,
});

const BACKGROUNDS: Readonly<Record<string, Shape>> = {
  environment: object({ blur: FINITE }),
  color: object({ color: VECTOR }),
  pattern: object({ pattern: RECORD, repeats: POSITIVE, rotationDegrees: FINITE }),
  photo: object({ imageId: TEXT, fit: RECORD, flip: FLAG, strength: FINITE }),
};

const background = byKind(BACKGROUNDS, object({ kind: oneOf(...Object.keys(BACKGROUNDS)) }));

const SAMPLE = object({
  seed: leaf((value) => typeof value === 'string', 'a text'),
  frame: whole(0),
  sequence: optional(object({ index: whole(0), step: whole(0), timeSeconds: FINITE })),
  retry: optional(whole(0)),
  vars: RECORD,
  camera: CAMERA,
  rig: optional(
    object({
      view: whole(0),
      views: list(
        object({
          name: TEXT,
          positionMeters: VECTOR,
          yawDegrees: FINITE,
          pitchDegrees: FINITE,
          rollDegrees: FINITE,
          intrinsics: optional(INTRINSICS),
        }),
      ),
    }),
  ),
  environment: object({
    mapId: nullable(TEXT),
    sky: optional(RECORD),
    rotationDegrees: FINITE,
    strength: FINITE,
    background,
  }),
  photometry: optional(object({ kind: oneOf('metered', 'ev100') })),
  lights: list(LIGHT),
  nodes: list(
    object({
      name: TEXT,
      visible: FLAG,
      offsetMeters: VECTOR,
      yawDegrees: FINITE,
      rotation: optional(list(FINITE, 4)),
      material: MATERIAL,
    }),
  ),
  objects: list(
    object({
      group: TEXT,
      slot: whole(0),
      assetId: TEXT,
      category: nullable(TEXT),
      position: VECTOR,
      orientation: list(FINITE, 4),
      scale: POSITIVE,
      material: MATERIAL,
    }),
  ),
  sensor: object({
    exposureStops: FINITE,
    blurSigmaPixels: FINITE,
    vignetting: FINITE,
    noise: nullable(RECORD),
    whiteBalanceKelvin: POSITIVE,
    toneMapping: oneOf('agx', 'aces', 'neutral', 'none'),
  }),
  depthSensor: optional(
    object({
      kind: oneOf('structured-light', 'stereo', 'time-of-flight'),
      nearMeters: POSITIVE,
      farMeters: POSITIVE,
      dropout: SHARE,
    }),
  ),
  lidars: optional(
    list(
      object({
        name: TEXT,
        relativeTo: oneOf('camera', 'level', 'world'),
        positionMeters: VECTOR,
        yawDegrees: FINITE,
        pitchDegrees: FINITE,
        rollDegrees: FINITE,
        elevationsDegrees: list(FINITE),
        azimuthOffsetsDegrees: list(FINITE),
        turn: object({ fromDegrees: FINITE, toDegrees: FINITE, columns: whole(1, 8192) }),
        nearMeters: POSITIVE,
        farMeters: POSITIVE,
        rangeNoise: object({ sigmaMeters: FINITE, sigmaShare: FINITE, stepMeters: FINITE }),
        reflectance: object({ from: SHARE, to: SHARE, categories: RECORD }),
        intensity: object({ sigma: FINITE, bits: whole(0, 16) }),
        attenuationPerMeter: FINITE,
        detection: optional(object({ reflectance: POSITIVE, rangeMeters: POSITIVE })),
        dropOff: object({ share: SHARE, shareOfDarkest: SHARE, belowIntensity: FINITE }),
      }),
    ),
  ),
  rgbQuality: nullable(whole(1, 100)),
  draws: RECORD,
  dropped: list(object({ path: TEXT, reason: TEXT })),
  rejections: RECORD,
});

/** What keeps a value from being the sample of a frame: fields that planning reads, and numbers that are not finite. */
export function sampleFaults(value: unknown): readonly ShapeFault[] {
  const faults = [...SAMPLE(value, ''), ...FINITE_THROUGHOUT(value, '')];
  return [...new Map(faults.map((fault) => [fault.path, fault])).values()];
}
