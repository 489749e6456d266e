import type { InferredOptionTypes } from 'yargs';
import { suggestFrom } from '#shared/config/suggest';
import { UsageError } from '#shared/core/errors';
import { isOverlayName, OVERLAY_NAMES, OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import type { InspectJob, InspectSummary } from '#node/inspect/inspect-dataset';
import { parseFrameRange } from '#node/run/select-frames';
import { formatFrames } from '#shared/core/format-frames';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags, requireWhole } from '../flags.ts';
import { countOf } from '../format-summary.ts';

const FLAGS = {
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder of the images [default: <dir>/inspect]',
  },
  frames: {
    type: 'string',
    requiresArg: true,
    describe:
      'Frames a..b, both included, or one frame [default: 24, spread over all that are there]',
  },
  ...pickFlags('labels', 'sheet', 'columns', 'width', 'json'),
} as const;

type InspectArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ dir: string }>;

/** What is drawn where nobody asks for labels. */
const DEFAULT_LABELS: readonly OverlayName[] = ['masks', 'boxes', 'names'];

/**
 * Reads one `--labels`: names separated by commas.
 *
 * @throws UsageError for a name that is none, with the nearest one that is.
 */
function parseLabels(text: string): readonly OverlayName[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    if (isOverlayName(name)) return name;
    const hint = suggestFrom(name, OVERLAY_NAMES, 'labels') ?? '';
    throw new UsageError(`--labels: unknown label ${JSON.stringify(name)}. ${hint}`.trim());
  });
}

function jobFrom(args: InspectArguments): InspectJob {
  const { dir, out, frames, labels, sheet, columns, width } = args;
  if (columns !== undefined && !sheet) {
    throw new UsageError('--columns: expected together with --sheet, found alone');
  }
  return {
    folder: dir,
    out,
    range: frames === undefined ? undefined : parseFrameRange(frames),
    pictures: labels === undefined ? [DEFAULT_LABELS] : labels.map(parseLabels),
    sheet,
    columns: columns === undefined ? undefined : requireWhole('columns', columns, { min: 1 }),
    width: width === undefined ? undefined : requireWhole('width', width, { min: 16 }),
  };
}

function formatDrawn({ out, files, frames, available }: InspectSummary, sheet: boolean): string {
  const of = available > frames.length ? ` of the ${available} that are there` : '';
  const where = sheet || files.length === 1 ? (files[0] ?? out) : out;
  return `${where}: ${countOf(frames.length, 'frame')}${of} (${formatFrames(frames)})`;
}

async function inspect(args: InspectArguments, { io }: CommandContext): Promise<void> {
  const job = jobFrom(args);
  // Loaded when needed: image codecs have no part in a help text.
  const { inspectDataset } = await import('#node/inspect/inspect-dataset');
  const summary = await inspectDataset(job);
  if (summary.missing.length > 0) {
    io.err(`warning: not drawn, as they are not there (yet): ${formatFrames(summary.missing)}\n`);
  }
  io.out(`${args.json ? JSON.stringify(summary) : formatDrawn(summary, args.sheet)}\n`);
}

/** The labels with what they show, a line each. */
function listLabels(): string {
  const width = Math.max(...OVERLAY_NAMES.map((name) => name.length));
  return OVERLAY_NAMES.map((name) => `  ${name.padEnd(width)}  ${OVERLAYS[name].summary}`).join(
    '\n',
  );
}

/** `diorama inspect`: draws labels over frames, to be looked at. */
export const createInspectCommand: CommandFactory = (context) =>
  defineCommand<InspectArguments>({
    command: 'inspect <dir>',
    describe: 'Draw labels over frames of a dataset, finished or not',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'Dataset folder' })
        .options(FLAGS)
        .example('$0 inspect out/tabletop', 'an image a frame, in out/tabletop/inspect')
        .example('$0 inspect out/tabletop --sheet', 'all in one image')
        .example(
          '$0 inspect out/x --frames 7 --labels image --labels masks,names --labels depth',
          'frame 7 as it is, with masks, and as depth, side by side',
        )
        .epilogue(`Labels:\n${listLabels()}`),
    handler: (args) => inspect(args, context()),
  });
