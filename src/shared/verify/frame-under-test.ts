import type { Annotations, GBuffers } from '../annotate/annotations.ts';
import { frameMessage } from '../annotate/frame-message.ts';
import { AnnotationError, RenderError } from '../core/errors.ts';
import type { FramePlan } from '../plan/frame-plan.ts';

/** A frame's pixels beside what is said about them. A plan and a record both have all of it. */
export type FrameUnderTest = Readonly<{
  frame: number;
  camera: FramePlan['camera'];
  buffers: GBuffers;
  annotations: Annotations;
}>;

export type VerifyOptions = Readonly<{
  /** Command line that renders the frame again; ends every error. */
  reproduce: string;
  /**
   * Where the buffers come from. `render` (default): as the page sent them. `files`: read back from a
   * dataset, where dropped instances have no pixels and a 16-bit depth file holds 0 beyond 65.535 m.
   */
  source?: 'render' | 'files' | undefined;
  /** What the depth was rounded to, metres: half of it is allowed on top. 0 for float depth (default). */
  depthStepMeters?: number | undefined;
  /** What components of normals were rounded to: 2/255 for an 8-bit file, 0 for float normals (default). */
  normalStep?: number | undefined;
  /** Buffers that could not be had: what stands in their place is not judged. */
  absent?: readonly ('color' | 'depth')[] | undefined;
  /**
   * Given each contradiction, where all are wanted: each instance and each check is then judged, as far
   * as what went before allows. Without it the first one is thrown.
   */
  onContradiction?: ((error: Contradiction) => void) | undefined;
}>;

/** What a check may throw. */
export type Contradiction = AnnotationError | RenderError;

/** Frame and options in one, for the checks. */
export type Check = Readonly<{ frame: FrameUnderTest; options: VerifyOptions }>;

/** The error of labels that contradict themselves. */
export function contradiction(check: Check, text: string): AnnotationError {
  return new AnnotationError(contradictionText(check, text));
}

/**
 * Takes one step of a check. Where contradictions are collected, one that the step throws does not end
 * the check.
 *
 * @returns whether the step found nothing.
 */
export function attempt({ options }: Check, step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    const known = error instanceof AnnotationError || error instanceof RenderError;
    if (!known || options.onContradiction === undefined) throw error;
    options.onContradiction(error);
    return false;
  }
}

/** Text of an error about the frame, with its reproduction. */
export function contradictionText({ frame, options }: Check, text: string): string {
  return frameMessage({ frame: frame.frame, reproduce: options.reproduce }, text);
}

/** `(x, y)` of the pixel at a row-major index. */
export function pixelAt(check: Check, index: number): string {
  const { width } = check.frame.buffers;
  return `pixel (${index % width}, ${Math.floor(index / width)})`;
}
