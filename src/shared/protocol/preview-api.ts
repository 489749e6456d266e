import type { ConfigChange } from '../config/edit-config-text.ts';
import type { Config } from '../config/config-schema.ts';
import type { ConfigIssue } from '../core/errors.ts';
import type { DatasetManifest } from '../formats/dataset-manifest.ts';
import type { FrameRecord } from '../formats/frame-record.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { CameraSample, DrawnValue } from '../sampling/scene-sample.ts';

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

/** A dataset that stands on disk, as it was rendered. */
export type DatasetState = Readonly<{
  config: Config;
  seed: string;
  categories: DatasetManifest['categories'];
  renderer: DatasetManifest['renderer'];
  /** Whole frames, ascending. */
  frames: readonly number[];
  /** Labelled instances of each of these frames, by category in the order of `categories`. */
  counts: readonly (readonly number[])[];
  /** Paths of draws that are a number, word or flag in any frame: what frames can be sorted and chosen by. */
  parameters: readonly string[];
  /** What is wrong with it as a whole, a sentence each; of a frame: `api/dataset/faults`. */
  problems: readonly string[];
}>;

/** Answer of `GET api/dataset/values?of=<path>`: what each frame drew there, null where it drew nothing. */
export type ValuesAnswer = Readonly<{ values: readonly (DrawnValue | null)[] }>;

/** Answer of `GET api/dataset/frame?frame=<k>`. */
export type RecordAnswer = Readonly<{ record: FrameRecord }>;

/** Answer of `GET api/dataset/faults?frame=<k>`: what `diorama verify` finds wrong with the frame. */
export type FaultsAnswer = Readonly<{ faults: readonly string[] }>;

/** What a frame drew, for coverage. */
export type DrawnRow = Readonly<{
  frame: number;
  draws: Readonly<Record<string, DrawnValue>>;
  camera: Pick<CameraSample, 'position' | 'target'>;
}>;

/** Answer of `GET api/dataset/coverage`: frames of a dataset, evenly chosen, at most 500. */
export type CoverageAnswer = Readonly<{ rows: readonly DrawnRow[] }>;

/**
 * Head of the answer to `GET api/dataset/map?frame=<k>&kind=<kind>`: four numbers of 32 bits, least byte
 * first, before the values of the file, rows from the top.
 */
export const MAP_HEAD = ['width', 'height', 'channels', 'type'] as const;
/** Types of its values, by their number in the head. */
export const MAP_TYPES = ['uint8', 'uint16', 'float32'] as const;

/** A config or dataset of the project that can be opened. */
export type Choice = Readonly<{
  kind: 'config' | 'dataset';
  /** What `POST api/open` takes. */
  path: string;
  name: string;
  description: string;
  /** Frames: of a config, those that it asks for; of a dataset, those that are there. */
  frames: number;
  /** Why it cannot be opened; null where it can. */
  problem: string | null;
}>;

/** Answer of `GET api/choices`. */
export type ChoicesAnswer = Readonly<{ project: string; choices: readonly Choice[] }>;

/** Body of `POST api/open`: one of the choices. The answer is the new state. */
export type OpenRequest = Readonly<{ path: string }>;

/** What the preview is about, as it stands on disk now. `GET api/state`. */
export type PreviewState = Readonly<{
  /** What is in view; `none` where one of the choices is to be made first. */
  subject: 'none' | 'config' | 'dataset';
  /** Grows whenever the inputs or their problem change. */
  revision: number;
  /** Path of the config or dataset, as the command line has it; empty where nothing is in view. */
  configPath: string;
  /** The last inputs that could be used; null where there were none yet. */
  inputs: RunInputs | null;
  /** Null unless a dataset is in view. */
  dataset: DatasetState | null;
  /** Counts inputs and datasets: a problem leaves it as it is. */
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

/** Body of `POST api/render`: frames of the config in view that are rendered into a new folder. */
export type RenderRequest = Readonly<{
  /** In any order. */
  frames: readonly number[];
  /** Relative to the project, which is where the preview was started; nothing may be there yet. */
  folder: string;
  /** The seed where it is not the file's own. */
  seed: string | null;
}>;

/** A batch that the preview started, as it stands. `GET api/render`; `POST api/cancel` stops it. */
export type BatchRun = Readonly<{
  phase: 'running' | 'complete' | 'failed' | 'cancelled';
  /** As it was asked for. */
  folder: string;
  /** Frames that are whole. */
  complete: number;
  selected: number;
  /** What it is at, before the first frame. */
  message: string | null;
  /** Who draws: back end and renderer; null until that is known. */
  renderer: string | null;
  warnings: readonly string[];
  /** What went wrong, a text each. */
  problems: readonly string[];
}>;

/** Answer of `GET api/render`: null where none was started. */
export type BatchAnswer = Readonly<{ run: BatchRun | null; project: string }>;

/** What a new build of the page asks of one that is open: new styles, new views as well, or to load again. */
export type PageChange = 'styles' | 'views' | 'code';

/** What the server tells of its own accord. `GET api/events`, as server-sent events. */
export type PreviewEvent =
  /** The state changed; whoever shows it fetches it. */
  | Readonly<{ type: 'state'; revision: number }>
  /** A batch went on, or ended. */
  | Readonly<{ type: 'batch'; run: BatchRun }>
  /** The page itself was built anew, for work on it. */
  | Readonly<{ type: 'page'; change: PageChange }>;
