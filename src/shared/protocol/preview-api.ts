import type { ConfigChange } from '../config/edit-config-text.ts';
import type { ConfigIssue } from '../core/errors.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';

/** Why the inputs on disk cannot be used as they stand. */
export type PreviewProblem = Readonly<{
  message: string;
  /** Each with its place in a file; empty where the problem has none. */
  issues: readonly ConfigIssue[];
}>;

/** A parameter that the preview changed, not the file. */
export type PreviewChange = ConfigChange &
  Readonly<{
    /** What the file, its bases, flags and defaults have at the path; absent where they have nothing. */
    was?: unknown;
  }>;

/** Body of `POST api/changes`: every change that is wanted from now on. The answer is the new state. */
export type ChangesRequest = Readonly<{ changes: readonly ConfigChange[] }>;

/** Body of `POST api/save`: a new config beside the one in view, with what was changed. */
export type SaveRequest = Readonly<{
  /** File name alone, such as `closer.yaml`. */
  name: string;
  /** The seed where it is not the file's own. */
  seed: string | null;
}>;

/** Answer of `POST api/save`. */
export type SaveAnswer = Readonly<{ path: string }>;

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
  /** Texts of `--set`: those that the preview was started with, then its own changes. */
  sets: readonly string[];
  /** Folders of `--assets`. */
  assetFolders: readonly string[];
  /** What the preview changed, in order; `inputs` have it. */
  changes: readonly PreviewChange[];
}>;

/** What the server tells of its own accord. `GET api/events`, as server-sent events. */
export type PreviewEvent =
  /** The state changed; whoever shows it fetches it. */
  | Readonly<{ type: 'state'; revision: number }>
  /** The page itself was built anew. */
  | Readonly<{ type: 'page' }>;
