import type { OpticalFlow } from '#shared/annotate/optical-flow';

/** The flow at a place of the image, between the centres of four pixels of a state each; null where one is not visible. */
export function flowAt(
  { width, height, uv, state }: OpticalFlow,
  x: number,
  y: number,
): Readonly<{ flow: readonly [number, number]; spread: number }> | null {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return null;
  const [tx, ty] = [x - 0.5 - left, y - 0.5 - top];
  const corners = [0, 1, 2, 3].map((k) => (top + (k >> 1)) * width + left + (k & 1));
  if (corners.some((i) => state[i] !== 1)) return null;
  const weights = [(1 - tx) * (1 - ty), tx * (1 - ty), (1 - tx) * ty, tx * ty];
  const along = (axis: 0 | 1): number[] => corners.map((i) => uv[i * 2 + axis] ?? NaN);
  const blend = (axis: 0 | 1): number =>
    along(axis).reduce((sum, value, k) => sum + value * (weights[k] ?? NaN), 0);
  const range = (axis: 0 | 1): number => Math.max(...along(axis)) - Math.min(...along(axis));
  return { flow: [blend(0), blend(1)], spread: Math.max(range(0), range(1)) };
}

/** How far from where they began visible pixels come back, there by `forward` and back by `backward`; pixels. */
export function roundTripErrors(
  forward: OpticalFlow,
  backward: OpticalFlow,
  maxSpread = Infinity,
): readonly number[] {
  const errors: number[] = [];
  for (let i = 0; i < forward.state.length; i++) {
    if (forward.state[i] !== 1) continue;
    const [u, v] = [forward.uv[i * 2] ?? NaN, forward.uv[i * 2 + 1] ?? NaN];
    const x = (i % forward.width) + 0.5 + u;
    const y = Math.floor(i / forward.width) + 0.5 + v;
    const back = flowAt(backward, x, y);
    if (back === null || back.spread > maxSpread) continue;
    errors.push(Math.hypot(u + back.flow[0], v + back.flow[1]));
  }
  return errors;
}
