import type { Size } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { DEGREE, tan } from '#shared/core/portable-math';
import type { FramePlan, PlanBackground } from '#shared/plan/frame-plan';
import { withoutSensor } from '../frame/without-sensor.ts';
import { orbitPosition, type Orbit } from './orbit.ts';

const VERTICAL_DEGREES = 45;
/** Behind a scene whose own background is a picture in the image: linear grey. */
const PLAIN: PlanBackground = { kind: 'color', color: [0.09, 0.1, 0.1] };
/** Of the distance to what is looked at. */
const NEAR_SHARE = 0.01;
const NEAREST_METERS = 0.05;
const FAR_SHARE = 50;

/** How a free camera looks: from where, with how many pixels, whether quickly or well, and from which depth on. */
export type FreeLook = Readonly<{
  orbit: Orbit;
  size: Size;
  quick: boolean;
  /** What is nearer than this share of the distance is cut away, 0..1: the wall of a room. */
  cut: number;
}>;

/**
 * The plan of a frame's scene as a free camera sees it: the same things, light and surfaces through an
 * ideal pinhole. What is between the sensor and the scene (rain, fog) or fixed to its image (a photo or
 * pattern behind it) is left out; what weather leaves on surfaces stays.
 */
export function freePlan(plan: FramePlan, { orbit, size, quick, cut }: FreeLook): FramePlan {
  const { neighbours: _, pair: _pair, lidars: _lidars, weather, ...alone } = withoutSensor(plan);
  const focal = size.height / (2 * tan((VERTICAL_DEGREES / 2) * DEGREE));
  const distance = orbit.distanceMeters;
  return {
    ...alone,
    size,
    camera: {
      worldFromCamera: worldFromLookAt(orbitPosition(orbit), orbit.target, 0),
      intrinsics: { fx: focal, fy: focal, cx: size.width / 2, cy: size.height / 2 },
      nearMeters: Math.max(Math.min(NEAREST_METERS, distance * NEAR_SHARE), distance * cut),
      farMeters: Math.max(plan.camera.farMeters, distance * FAR_SHARE),
    },
    environment: { ...plan.environment, background: freeBackground(plan) },
    ...(weather?.ground && { weather: { ground: weather.ground } }),
    render: { ...plan.render, subframes: 1, samples: quick ? 0 : 4, ambientOcclusion: null },
    labels: { ...plan.labels, normals: false, silhouettes: null },
  };
}

function freeBackground({ environment: { background } }: FramePlan): PlanBackground {
  const ofImage =
    background.kind === 'pattern' || (background.kind === 'photo' && background.by === 'image');
  return ofImage ? PLAIN : background;
}
