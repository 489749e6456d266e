import type { Rgb } from './oklab.ts';

/** Steps of the wheel between its corner colours: red, yellow, green, cyan, blue, magenta, and red again. */
const STEPS = [15, 6, 4, 11, 13, 6] as const;
const CORNERS: readonly Rgb[] = [
  [255, 0, 0],
  [255, 255, 0],
  [0, 255, 0],
  [0, 255, 255],
  [0, 0, 255],
  [255, 0, 255],
];

/**
 * The 55 colours of the wheel of Baker et al., "A Database and Evaluation Methodology for Optical Flow"
 * (IJCV 2011), as Middlebury's color_flow draws it (https://vision.middlebury.edu/flow/code/flow-code/).
 */
const WHEEL: readonly Rgb[] = STEPS.flatMap((steps, corner) => {
  const [from = [0, 0, 0], to = [0, 0, 0]] = [CORNERS[corner], CORNERS[(corner + 1) % 6]];
  return Array.from({ length: steps }, (_, i): Rgb => {
    const blend = (axis: 0 | 1 | 2): number =>
      from[axis] + Math.trunc(((to[axis] - from[axis]) * i) / steps);
    return [blend(0), blend(1), blend(2)];
  });
});

/**
 * Colour of a flow: its direction is the hue, its length the saturation, white where nothing moves. Right is
 * red, down yellow, left cyan, up violet.
 * @param u right and @param v down, as shares of the longest flow: at most 1 long.
 */
export function flowColor(u: number, v: number): Rgb {
  const radius = Math.min(1, Math.hypot(u, v));
  const place = ((Math.atan2(-v, -u) / Math.PI + 1) / 2) * (WHEEL.length - 1);
  const [low, share] = [Math.floor(place), place - Math.floor(place)];
  const from = WHEEL[low] ?? [0, 0, 0];
  const to = WHEEL[(low + 1) % WHEEL.length] ?? [0, 0, 0];
  const at = (axis: 0 | 1 | 2): number => {
    const color = from[axis] + (to[axis] - from[axis]) * share;
    return Math.round(255 - radius * (255 - color));
  };
  return [at(0), at(1), at(2)];
}
