/** Where in a file something stands; lines and columns count from 1. */
export type SourcePosition = Readonly<{ line: number; column: number }>;

/**
 * One thing that is wrong with a config or a scene.
 * `path` is the parameter path (`objects.fruit.count.min`), empty for the whole document.
 */
export type ConfigIssue = Readonly<{
  source: string;
  position?: SourcePosition | undefined;
  path: string;
  message: string;
  suggestion?: string | undefined;
}>;

/** Base of every error that Diorama throws on purpose. `code` is stable; the text is for people. */
export abstract class DioramaError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** `file:line:column: path: message. suggestion` */
export function formatIssue(issue: ConfigIssue): string {
  const at = issue.position ? `:${issue.position.line}:${issue.position.column}` : '';
  const path = issue.path === '' ? '' : ` ${issue.path}:`;
  const suggestion = issue.suggestion ? ` ${issue.suggestion}` : '';
  return `${issue.source}${at}:${path} ${issue.message}${suggestion}`;
}

/** A config or scene that cannot be used. Holds every issue found, not the first alone. */
export class ConfigError extends DioramaError {
  readonly code = 'CONFIG_INVALID';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[], options?: ErrorOptions) {
    const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
    super(
      `${count} in the configuration:\n${issues.map((i) => `  ${formatIssue(i)}`).join('\n')}`,
      options,
    );
    this.issues = issues;
  }
}

/** A model, texture or environment that is missing, corrupt, too large or not what it claims to be. */
export class AssetError extends DioramaError {
  readonly code = 'ASSET_INVALID';
}

/** A draw that could not be satisfied within its bounded number of attempts. */
export class SamplingError extends DioramaError {
  readonly code = 'SAMPLING_FAILED';
}

/** What went wrong while pixels were made. Only `lost` and `timeout` are worth another try. */
export type RenderFailure =
  'lost' | 'timeout' | 'blank' | 'unsupported' | 'shader' | 'asset' | 'internal';

/** The page could not render a frame. */
export class RenderError extends DioramaError {
  readonly code = 'RENDER_FAILED';

  constructor(
    readonly failure: RenderFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True where a fresh page may succeed. */
  get retryable(): boolean {
    return this.failure === 'lost' || this.failure === 'timeout';
  }
}

/** Labels of a frame that contradict themselves; the frame is not written. */
export class AnnotationError extends DioramaError {
  readonly code = 'ANNOTATION_CONTRADICTION';
}

/** A frame that shows in no attempt what the config's `accept` asks for. */
export class AcceptanceError extends DioramaError {
  readonly code = 'NOT_ACCEPTED';
}

/** A dataset folder that cannot be written, or that belongs to another run. */
export class WriteError extends DioramaError {
  readonly code = 'WRITE_FAILED';
}

/** No browser, or one that cannot render. */
export class BrowserError extends DioramaError {
  readonly code = 'BROWSER_UNUSABLE';
}

/** A command line that cannot be understood; exit code 2. */
export class UsageError extends DioramaError {
  readonly code = 'USAGE';
}
