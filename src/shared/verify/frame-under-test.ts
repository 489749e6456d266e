import type { Annotations, GBuffers } from '../annotate/annotations.ts';
import { frameMessage } from '../annotate/frame-message.ts';
import { AnnotationError } from '../core/errors.ts';
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
}>;

/** Frame and options in one, for the checks. */
export type Check = Readonly<{ frame: FrameUnderTest; options: VerifyOptions }>;

/** The error of labels that contradict themselves. */
export function contradiction(check: Check, text: string): AnnotationError {
  return new AnnotationError(contradictionText(check, text));
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
