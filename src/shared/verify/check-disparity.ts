import type { FrameDisparity } from '../annotate/frame-disparity.ts';
import { type FrameContext, frameMessage } from '../annotate/frame-message.ts';
import { FLOW_STATE } from '../annotate/optical-flow.ts';
import { AnnotationError } from '../core/errors.ts';

/** What float32 and products of poses may do to a place in the other view, pixels. */
const SLACK_PIXELS = 2e-3;
const SLACK_SHARE = 1e-5;

/**
 * Refuses a disparity that is not where the poses of both views take its points: to the side by just as
 * much, and neither up nor down (labels.md §9).
 * @throws AnnotationError
 */
export function verifyDisparity(found: FrameDisparity | null, context: FrameContext): void {
  const fault = found === null ? null : disparityFault(found);
  if (fault !== null) throw new AnnotationError(frameMessage(context, `disparity: ${fault}.`));
}

/** The first pixel whose disparity contradicts the poses; null where none does. */
export function disparityFault({ side, width, disparity, flow }: FrameDisparity): string | null {
  const sign = side === 'left' ? -1 : 1;
  for (let i = 0; i < disparity.length; i++) {
    const d = disparity[i] ?? NaN;
    if (flow.state[i] === FLOW_STATE.unknown && d === 0) continue;
    const [u = NaN, v = NaN] = [flow.uv[i * 2], flow.uv[i * 2 + 1]];
    const slack = SLACK_PIXELS + SLACK_SHARE * d;
    if (d > 0 && Math.abs(u - sign * d) <= slack && Math.abs(v) <= slack) continue;
    return `pixel (${i % width}, ${Math.floor(i / width)}): expected a step of ${sign * d} pixels along the row, found (${u}, ${v})`;
  }
  return null;
}
