import type { InferredOptionTypes } from 'yargs';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags } from '../flags.ts';
import { countOf } from '../format-summary.ts';

const FLAGS = pickFlags('json');

type MergeArguments = InferredOptionTypes<typeof FLAGS> &
  Readonly<{ out: string; shards: string[] }>;

async function merge(args: MergeArguments, { io }: CommandContext): Promise<void> {
  const { mergeDatasets } = await import('#node/store/merge-datasets');
  const { derivedFiles } = await import('#node/run/dataset-writers');
  const summary = await mergeDatasets(args.out, args.shards, derivedFiles);
  const { folder, frames, files, shards } = summary;
  const text = `${folder}: ${countOf(frames, 'frame')} with ${countOf(files, 'file')} from ${countOf(shards, 'shard')}`;
  io.out(`${args.json ? JSON.stringify(summary) : text}\n`);
}

/** `diorama merge`: joins shards into one dataset. */
export const createMergeCommand: CommandFactory = (context) =>
  defineCommand<MergeArguments>({
    command: 'merge <out> <shards..>',
    describe: 'Join shards into one dataset; none may be missing, doubled or foreign',
    builder: (yargs) =>
      yargs
        .positional('out', {
          type: 'string',
          demandOption: true,
          describe: 'Folder of the whole dataset',
        })
        .positional('shards', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'Folders of the shards; their files are linked, or copied across file systems',
        })
        .options(FLAGS)
        .example('$0 merge out/all out/part-0 out/part-1', ''),
    handler: (args) => merge(args, context()),
  });
