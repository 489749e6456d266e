import type { ConfigIssue } from '../core/errors.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';

/** Why the inputs on disk cannot be used as they stand. */
export type PreviewProblem = Readonly<{
  message: string;
  /** Each with its place in a file; empty where the problem has none. */
  issues: readonly ConfigIssue[];
}>;

/** What the preview is about, as it stands on disk now. `GET api/state`. */
export type PreviewState = Readonly<{
  /** Grows whenever the inputs or their problem change. */
  revision: number;
  /** The config's path, as the command line has it. */
  configPath: string;
  /** The last inputs that could be used; null where there were none yet. */
  inputs: RunInputs | null;
  /** Counts the inputs: a problem leaves it as it is. */
  inputsRevision: number;
  problem: PreviewProblem | null;
  warnings: readonly string[];
  /** Words of a command line that decide what a frame holds, beside config and seed: `--set`, `--assets`. */
  flags: readonly string[];
}>;

/** What the server tells of its own accord. `GET api/events`, as server-sent events. */
export type PreviewEvent =
  /** The state changed; whoever shows it fetches it. */
  | Readonly<{ type: 'state'; revision: number }>
  /** The page itself was built anew. */
  | Readonly<{ type: 'page' }>;
