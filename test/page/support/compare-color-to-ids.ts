import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { TestBackend } from './open-test-pool.ts';
import { byteFromLinear, pixelAt } from './read-color.ts';

/** The grid to which a rasteriser snaps the corners of colour (docs/adr/0009-exact-label-rasteriser.md). */
export const SNAP_PIXELS: Readonly<Record<TestBackend, number>> = {
  mesa: 1 / 256,
  swiftshader: 1 / 16,
};

/** Bits: red, green, blue. */
const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const WHITE = COLORS.indexOf('white');
const HALF = byteFromLinear(0.5);

/** The plan seen through principal points that lie a grid step away, to eight sides. */
export function shiftedPlans(plan: FramePlan, step: number): readonly FramePlan[] {
  const { intrinsics } = plan.camera;
  return [-1, 0, 1].flatMap((right) =>
    [-1, 0, 1]
      .filter((down) => right !== 0 || down !== 0)
      .map((down) => {
        const [cx, cy] = [intrinsics.cx + right * step, intrinsics.cy + down * step];
        return { ...plan, camera: { ...plan.camera, intrinsics: { ...intrinsics, cx, cy } } };
      }),
  );
}

/** How colour and ids of a scene of `parity-scenes.ts` compare. */
export type ColorFaults = Readonly<{
  /** Pixels of which labels have a surface. */
  shown: number;
  /** Pixels of which labels change where the view moves by a grid step. */
  unsettled: number;
  /** The others, where colour is not that of the label. */
  wrong: readonly string[];
}>;

/**
 * Holds each pixel's colour, half of full light or more in each channel, against that of the object whose
 * id it has. Only pixels that keep their id in every shifted view are judged: closer to an edge, colour is
 * at the mercy of the rasteriser's grid.
 */
export function compareColorToIds(
  plan: FramePlan,
  buffers: GBuffers,
  shifted: readonly GBuffers[],
): ColorFaults {
  const codes = new Map(plan.instances.map(({ instanceId, name }) => [instanceId, codeOf(name)]));
  const expectedAt = ({ instanceId, depth }: GBuffers, pixel: number): number => {
    const id = instanceId[pixel] ?? 0;
    if (id > 0) return codes.get(id) ?? -1;
    return (depth[pixel] ?? 0) > 0 ? WHITE : 0;
  };
  let [shown, unsettled] = [0, 0];
  const wrong: string[] = [];
  for (let pixel = 0; pixel < buffers.width * buffers.height; pixel++) {
    const expected = expectedAt(buffers, pixel);
    if (expected !== 0) shown++;
    if (shifted.some((other) => expectedAt(other, pixel) !== expected)) {
      unsettled++;
      continue;
    }
    const [x, y] = [pixel % buffers.width, Math.floor(pixel / buffers.width)];
    const found = pixelAt(buffers, x, y).reduce(
      (bits, byte, channel) => bits | (byte >= HALF ? 1 << channel : 0),
      0,
    );
    if (found !== expected)
      wrong.push(`${x}, ${y}: ${COLORS[found]} where labels have ${COLORS[expected]}`);
  }
  return { shown, unsettled, wrong };
}

/** Objects are named after their colour; copies are red, green, … in their order. */
function codeOf(name: string): number {
  const copy = /\[(\d+)\]$/.exec(name);
  return copy ? Number(copy[1]) + 1 : COLORS.indexOf(name);
}
