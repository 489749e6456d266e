import { DioramaError } from '#shared/core/errors';

const REPRODUCE = '\nReproduce: ';

/** What went wrong, once: annotators and verifiers name the frame and its reproduction themselves. */
function describeFrameFailure(frame: number, cause: unknown, reproduce: string): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  // Errors of ours speak for themselves; of any other the class is worth a word.
  const named =
    cause instanceof DioramaError || !(cause instanceof Error) ? text : `${cause.name}: ${text}`;
  const placed = named.startsWith(`frame ${frame}:`) ? named : `frame ${frame}: ${named}`;
  return placed.includes(REPRODUCE.trim()) ? placed : `${placed}${REPRODUCE}${reproduce}`;
}

/** A frame that could not be made. Its text ends with the command that makes it again. */
export class FrameError extends DioramaError {
  readonly code = 'FRAME_FAILED';

  constructor(
    readonly frame: number,
    cause: unknown,
    reproduce: string,
  ) {
    super(describeFrameFailure(frame, cause, reproduce), { cause });
  }
}

/** Frames that failed, as one error; the run ends with it. */
export class FramesFailedError extends DioramaError {
  readonly code = 'FRAMES_FAILED';

  constructor(readonly failures: readonly FrameError[]) {
    const count = failures.length === 1 ? '1 frame' : `${failures.length} frames`;
    super(`${count} could not be made:\n${failures.map(({ message }) => message).join('\n')}`, {
      cause: failures[0],
    });
  }
}
