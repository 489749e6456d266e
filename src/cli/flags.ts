import type { Options } from 'yargs';
import { UsageError } from '#shared/core/errors';
import { BYTES_PER_MIB } from '#shared/protocol/asset-budget';
import type { BackendRequest, SandboxMode } from '#node/browser/browser-types';

const BACKENDS = [
  'auto',
  'gpu',
  'mesa',
  'swiftshader',
] as const satisfies readonly BackendRequest[];
const SANDBOX_MODES = ['auto', 'on', 'off'] as const satisfies readonly SandboxMode[];

/** Every flag, once; a command takes those that it needs with {@link pickFlags}. */
export const FLAGS = {
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Dataset folder [default: out/<name of the config>]',
  },
  frames: {
    type: 'string',
    requiresArg: true,
    describe: 'Frames a..b, both included, or one frame; 0-based [default: all of the config]',
  },
  frame: { type: 'number', requiresArg: true, demandOption: true, describe: 'Frame, 0-based' },
  attempt: {
    type: 'number',
    requiresArg: true,
    describe: 'Which attempt at the frame, 0 the first; accept and targets may take a later one',
  },
  seed: {
    type: 'string',
    requiresArg: true,
    describe: 'Master seed, instead of the config’s',
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'Part i of n (i from 0): the frames k with k mod n = i',
  },
  workers: {
    type: 'number',
    requiresArg: true,
    describe: 'Browsers side by side [default: what suits the back end and the cores]',
  },
  'asset-memory': {
    type: 'number',
    requiresArg: true,
    describe:
      'MiB of models, images and environments that each browser keeps on the GPU from frame to frame [default: 1024; ' +
      'with a graphics card 2048]',
  },
  set: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'path=value: change one parameter of the config; repeatable',
  },
  assets: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Folder of further assets; repeatable',
  },
  gl: {
    choices: BACKENDS,
    default: 'auto',
    describe: 'Graphics back end; auto: the fastest there is',
  },
  browser: { type: 'string', requiresArg: true, describe: 'Path of a Chrome or Chromium' },
  sandbox: {
    choices: SANDBOX_MODES,
    default: 'auto',
    describe: 'Chromium’s sandbox; auto: on, except as root. --no-sandbox is --sandbox off',
  },
  'dry-run': {
    type: 'boolean',
    default: false,
    describe: 'Load and check everything, say what would be rendered, write nothing',
  },
  port: {
    type: 'number',
    requiresArg: true,
    describe: 'Port of 127.0.0.1 [default: one that is free]',
  },
  'no-open': {
    type: 'boolean',
    default: false,
    describe: 'Print the address, and leave opening it to you',
  },
  'keep-going': {
    type: 'boolean',
    default: false,
    describe: 'Render the other frames where one fails; the exit code is 1 all the same',
  },
  fresh: {
    type: 'boolean',
    default: false,
    describe: 'Start over: delete the files of the dataset that stands in the folder',
  },
  json: {
    type: 'boolean',
    default: false,
    describe: 'Print JSON on standard output (render: one event a line), and nothing else there',
  },
  samples: {
    type: 'number',
    requiresArg: true,
    describe: 'Frames to draw; of sequences, one of each [default: 500]',
  },
  sample: {
    type: 'boolean',
    default: false,
    describe: 'Print what was drawn alone, without the plan',
  },
  labels: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'Labels to draw, separated by commas; given again: one more picture of the frame beside the last ' +
      '[default: masks,boxes,names]',
  },
  sheet: {
    type: 'boolean',
    default: false,
    describe: 'One image of all frames, sheet.png, instead of one for each',
  },
  columns: {
    type: 'number',
    requiresArg: true,
    describe: 'Frames side by side on the sheet [default: what makes a handy shape]',
  },
  width: {
    type: 'number',
    requiresArg: true,
    describe: 'Width of one picture, pixels [default: that of the frames; on a sheet 400]',
  },
  complete: {
    type: 'boolean',
    default: false,
    describe: 'Frames that are not there are errors, not warnings',
  },
  rerender: {
    type: 'number',
    requiresArg: true,
    describe: 'Render so many frames again, evenly spread, and compare every byte; needs --config',
  },
  rounds: {
    type: 'number',
    requiresArg: true,
    default: 3,
    describe: 'How often all frames are drawn, and made into a dataset',
  },
  compare: {
    type: 'string',
    requiresArg: true,
    describe: 'File of an earlier result (--json); prints ratios to it',
  },
  trace: {
    type: 'string',
    requiresArg: true,
    describe: 'File for every step of the last round end to end; opens in ui.perfetto.dev',
  },
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'The config that the dataset was rendered from; its scene is found from there',
  },
} as const satisfies Readonly<Record<string, Options>>;

export type FlagName = keyof typeof FLAGS;

/** Some of {@link FLAGS}, in this order, for a command's builder. */
export function pickFlags<Name extends FlagName>(
  ...names: readonly Name[]
): Pick<typeof FLAGS, Name> {
  return Object.fromEntries(names.map((name) => [name, FLAGS[name]])) as Pick<typeof FLAGS, Name>;
}

/**
 * A flag's whole number.
 *
 * @throws UsageError where it is not one, or outside of `min` to `max` (both included).
 */
export function requireWhole(
  flag: FlagName,
  value: number,
  { min, max = Infinity }: Readonly<{ min: number; max?: number }>,
): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const range = max === Infinity ? `from ${min}` : `from ${min} to ${max}`;
  throw new UsageError(`--${flag}: expected a whole number ${range}, got ${value}`);
}

/** The most that `--asset-memory` may say: a TiB. */
const MAX_ASSET_MIB = 2 ** 20;

/**
 * `--asset-memory` in bytes; undefined where it is not given.
 *
 * @throws UsageError where it is no whole number of MiB; 0 keeps nothing.
 */
export function assetBytesOf(
  args: Readonly<{ 'asset-memory': number | undefined }>,
): number | undefined {
  const mebibytes = args['asset-memory'];
  if (mebibytes === undefined) return undefined;
  return requireWhole('asset-memory', mebibytes, { min: 0, max: MAX_ASSET_MIB }) * BYTES_PER_MIB;
}

/** `--no-sandbox`, as other browser tools have it, is `--sandbox off`. */
export function expandAliases(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return argv.flatMap((word, i) =>
    word === '--no-sandbox' && (end < 0 || i < end) ? ['--sandbox', 'off'] : [word],
  );
}
