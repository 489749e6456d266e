import type { Size } from '../core/geometry.ts';

/** A closed line through [x, y] points in pixels, flat: x₀, y₀, x₁, y₁, … */
export type Loop = readonly number[];

/** Right, down, left, up: steps along the edges of pixels, with the mask's inside on the right. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * Outlines of a mask, holes included, for drawing: closed lines through the middles of the pixel edges
 * between inside and outside. They stay within half a pixel of those edges, and a slanted edge is a slanted
 * line and no staircase. To be filled by the even-odd rule.
 *
 * Each edge between an inside and an outside pixel is walked once, with the inside on its right hand; where
 * two pixels of the mask touch at a corner alone, the walk turns towards its own pixel, so that they stay
 * two outlines.
 *
 * @param mask [H, W], 0 outside and anything else inside.
 */
export function traceOutline(mask: Uint8Array, size: Size): readonly Loop[] {
  const { width, height } = size;
  if (mask.length !== width * height) {
    throw new RangeError(
      `mask: expected ${width * height} pixels for ${width}×${height}, found ${mask.length}`,
    );
  }
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] !== 0;
  // Every outline has an edge that goes to the right: the upper edge of a pixel, walked once.
  const walked = new Uint8Array(mask.length);
  const loops: Loop[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!inside(x, y) || inside(x, y - 1) || walked[y * width + x] !== 0) continue;
      loops.push(walkLoop({ x, y }, { inside, walked, width }));
    }
  }
  return loops;
}

type Walk = Readonly<{
  inside: (x: number, y: number) => boolean;
  walked: Uint8Array;
  width: number;
}>;

/** One outline, from the upper left corner of a pixel along its upper edge and back. */
function walkLoop(start: Readonly<{ x: number; y: number }>, walk: Walk): Loop {
  const points: number[] = [];
  let { x, y } = start;
  let heading = 0;
  do {
    const [dx, dy] = STEPS[heading] ?? STEPS[0];
    if (heading === 0) walk.walked[y * walk.width + x] = 1;
    points.push(x + dx / 2, y + dy / 2);
    x += dx;
    y += dy;
    heading = turn(x, y, { heading, inside: walk.inside });
  } while (x !== start.x || y !== start.y || heading !== 0);
  return points;
}

/** Where the outline goes on from the pixel corner (x, y). */
function turn(
  x: number,
  y: number,
  { heading, inside }: Readonly<{ heading: number; inside: Walk['inside'] }>,
): number {
  // The pixels ahead of the corner, to the right and to the left of the heading.
  const right = (
    [
      [x, y],
      [x - 1, y],
      [x - 1, y - 1],
      [x, y - 1],
    ] as const
  )[heading] ?? [x, y];
  const left = (
    [
      [x, y - 1],
      [x, y],
      [x - 1, y],
      [x - 1, y - 1],
    ] as const
  )[heading] ?? [x, y];
  if (!inside(right[0], right[1])) return (heading + 1) % 4;
  return inside(left[0], left[1]) ? (heading + 3) % 4 : heading;
}
