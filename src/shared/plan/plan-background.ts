import type { ImageAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Mat3, Size, Vec2, Vec3 } from '../core/geometry.ts';
import { unprojectPoint } from '../core/pinhole.ts';
import { cos, DEGREE, sin, tan } from '../core/portable-math.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { BackgroundSample, PhotoSample, SceneSample } from '../sampling/scene-sample.ts';
import { cameraPose } from './camera-pose.ts';
import type { FramePlan, PlanBackground, PlanLight } from './frame-plan.ts';

type Camera = FramePlan['camera'];

/** Distance of a photo's sun, metres; only its direction matters. */
const FAR_METERS = 1000;
/** Against shadows of surfaces on themselves, as of the sun of a sky (plan-sky.ts). */
const BIAS_TEXELS = 2;
/** How far past the edge of a photo a corner of the image may come by rounding, in sides of the photo. */
const EDGE_TOLERANCE = 1e-6;

/**
 * What is behind everything, and the light of its sun. `camera` is that of the frame; photos have the heading
 * of its rig, where it has one, so that all views see the same world.
 */
export function planBackground(
  { catalogue, config }: RunInputs,
  { environment: { background }, camera: rigCamera }: SceneSample,
  camera: Camera,
): Readonly<{ background: PlanBackground; lights: readonly PlanLight[] }> {
  const size = config.image;
  if (background.kind === 'pattern')
    return { background: planPattern(background, size), lights: [] };
  if (background.kind !== 'photo') return { background, lights: [] };
  const image = catalogue.images.find(({ id }) => id === background.imageId);
  if (!image)
    throw new SamplingError(`image asset "${background.imageId}" is not in the catalogue`);
  const { fit, strength } = background;
  const ahead = { ...camera, worldFromCamera: cameraPose({ camera: rigCamera }) };
  const photoFrom =
    fit.kind === 'crop'
      ? photoFromCrop({ ...fit, flip: background.flip }, size, photoSize(image))
      : photoFromWorld(background, image, ahead);
  if (fit.kind === 'view') requireCovered(photoFrom, { image, camera, size });
  return {
    background: {
      kind: 'photo',
      resource: image.sha256,
      size: photoSize(image),
      by: fit.kind === 'crop' ? 'image' : 'world',
      photoFrom,
      strength,
    },
    lights: planSun(background, image, ahead),
  };
}

/** Repetitions are square, and turn about the middle of the image. */
function planPattern(
  { pattern, repeats, rotationDegrees }: Extract<BackgroundSample, { kind: 'pattern' }>,
  { width, height }: Size,
): PlanBackground {
  const { reliefMeters: _, roughness: __, ...flat } = pattern;
  const [across, down] = [(repeats * width) / height, repeats];
  const [c, s] = [cos(rotationDegrees * DEGREE), sin(rotationDegrees * DEGREE)];
  const tileFrom: Mat3 = [
    ...([c * across, -s * down, 0.5 - (c * across - s * down) / 2] as const),
    ...([s * across, c * down, 0.5 - (s * across + c * down) / 2] as const),
    ...([0, 0, 1] as const),
  ];
  return { kind: 'pattern', pattern: flat, tileFrom };
}

const photoSize = ({ widthPixels, heightPixels }: ImageAsset): Size => ({
  width: widthPixels,
  height: heightPixels,
});

/**
 * Where in a photo (0..1 from its top left) a place of the image (0..1 from its top left) is: the largest
 * part of the image's shape, made smaller by `zoom`, at `x`, `y` of the room that is left.
 */
export function photoFromCrop(
  { zoom, x, y, flip }: Readonly<{ zoom: number; x: number; y: number; flip: boolean }>,
  image: Size,
  photo: Size,
): Mat3 {
  const width = Math.min(photo.width, (photo.height * image.width) / image.height) / zoom;
  const height = (width * image.height) / image.width;
  const [across, down] = [width / photo.width, height / photo.height];
  const left = x * (1 - across);
  const row = flip ? ([-across, 0, left + across] as const) : ([across, 0, left] as const);
  return [...row, 0, down, y * (1 - down), 0, 0, 1];
}

/** Level axes of a camera: right and forward on the ground plane. */
function headingOf({ worldFromCamera: m }: Camera, image: ImageAsset): readonly [Vec3, Vec3] {
  const [x, z] = [m[2] ?? 0, m[10] ?? 0];
  const length = Math.sqrt(x * x + z * z);
  if (length < 1e-6)
    throw new SamplingError(
      `environment.background: a camera that looks straight up or down has no heading by which "${image.id}" could be turned; change camera.pose`,
    );
  return [
    [-z / length, 0, x / length],
    [x / length, 0, z / length],
  ];
}

/** Where in a photo a direction of the world is, its camera having the heading of the frame's: a homography. */
function photoFromWorld({ flip }: PhotoSample, image: ImageAsset, camera: Camera): Mat3 {
  const view = image.photo?.view;
  if (!view) throw missing(image, 'view');
  const [right, level] = headingOf(camera, image);
  const [c, s] = [cos(view.pitchDegrees * DEGREE), sin(view.pitchDegrees * DEGREE)];
  const forward: Vec3 = [level[0] * c, s, level[2] * c];
  const down: Vec3 = [level[0] * s, -c, level[2] * s];
  const vertical = 2 * tan((view.verticalDegrees * DEGREE) / 2);
  const horizontal = ((flip ? -1 : 1) * vertical * image.widthPixels) / image.heightPixels;
  const row = (axis: Vec3, extent: number): Vec3 => [
    axis[0] / extent + forward[0] / 2,
    axis[1] / extent + forward[1] / 2,
    axis[2] / extent + forward[2] / 2,
  ];
  return [...row(right, horizontal), ...row(down, vertical), ...forward];
}

/** Where an image ends: its corners suffice for a pinhole, whose lines stay straight in a photo. */
function* outlineOf({ width, height }: Size, bends: boolean): Generator<Vec2> {
  const step = (side: number): number => (bends ? 1 : side);
  for (let x = 0; x <= width; x += step(width)) for (const y of [0, height]) yield [x, y];
  for (let y = 0; y <= height; y += step(height)) for (const x of [0, width]) yield [x, y];
}

/** An image lies inside a photo where its outline does. */
function requireCovered(
  photoFrom: Mat3,
  { image, camera, size }: Readonly<{ image: ImageAsset; camera: Camera; size: Size }>,
): void {
  const { intrinsics: k, worldFromCamera: m } = camera;
  const beyond = Array.from(outlineOf(size, k.distortion !== undefined), ([x, y]) => {
    const ray = unprojectPoint(k, { x, y, depth: 1 });
    const world = [0, 4, 8].map((row) => dot([m[row], m[row + 1], m[row + 2]], ray));
    const [u, v, w] = [0, 3, 6].map((row) =>
      dot([photoFrom[row], photoFrom[row + 1], photoFrom[row + 2]], world as unknown as Vec3),
    ) as [number, number, number];
    return w > 0 ? Math.max(-u / w, u / w - 1, -v / w, v / w - 1) : Infinity;
  });
  const worst = beyond.reduce((most, value) => Math.max(most, value), -Infinity);
  if (worst <= EDGE_TOLERANCE) return;
  const by = worst === Infinity ? 'it looks away' : `${Math.ceil(worst * 100)} % of a side`;
  throw new SamplingError(
    `environment.background.fit: the camera sees beyond the edge of "${image.id}" (${by}). Narrow camera.lens, bring the pitch of camera.pose nearer to the photo's ${image.photo?.view?.pitchDegrees}°, or use fit: { kind: crop }.`,
  );
}

const dot = (a: readonly (number | undefined)[], b: Vec3): number =>
  (a[0] ?? NaN) * b[0] + (a[1] ?? NaN) * b[1] + (a[2] ?? NaN) * b[2];

function planSun(
  { sun, flip }: PhotoSample,
  image: ImageAsset,
  camera: Camera,
): readonly PlanLight[] {
  if (!sun) return [];
  const at = image.photo?.sun;
  if (!at) throw missing(image, 'sun');
  const [right, level] = headingOf(camera, image);
  const azimuth = (flip ? -1 : 1) * at.azimuthDegrees * DEGREE;
  const [c, s] = [cos(azimuth), sin(azimuth)];
  const far = FAR_METERS * cos(at.elevationDegrees * DEGREE);
  return [
    {
      kind: 'directional',
      position: [
        far * (level[0] * c + right[0] * s),
        FAR_METERS * sin(at.elevationDegrees * DEGREE),
        far * (level[2] * c + right[2] * s),
      ],
      target: [0, 0, 0],
      color: sun.color,
      intensity: sun.intensity,
      castShadow: sun.castShadow,
      sizeMeters: 0,
      coneRadians: Math.PI / 4,
      penumbra: 0,
      biasTexels: BIAS_TEXELS,
    },
  ];
}

const missing = (image: ImageAsset, field: string): SamplingError =>
  new SamplingError(
    `image asset "${image.id}": expected photo.${field} in assets.json, found none`,
  );
