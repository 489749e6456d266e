import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { copyFile, link, open, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError, WriteError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { RecordedFile } from '#shared/formats/frame-record';
import { datasetPaths } from './dataset-files.ts';
import { formatDifferences } from './diff-json.ts';
import { PARTIAL_SUFFIX, syncFolder, toWriteError, writeFileAtomically } from './durable-files.ts';
import { makeFolder } from './make-folder.ts';
import type { DerivedWriter } from './finalise-dataset.ts';
import { diffManifests, readManifest } from './inspect-store.ts';
import { formatFrames } from '#shared/core/format-frames';
import { readEntryLines, readJournal, type JournalEntry } from './journal.ts';
import { openStore } from './open-store.ts';

/** A shard that was read, and the frames that it holds. */
type Shard = Readonly<{
  folder: string;
  manifest: DatasetManifest;
  entries: readonly JournalEntry[];
}>;

/** A frame and the shard that has it. */
type OwnedFrame = Readonly<{ shard: Shard; entry: JournalEntry }>;

/** What a merge brought together. */
export type MergeSummary = Readonly<{
  folder: string;
  frames: number;
  files: number;
  shards: number;
}>;

function readShard(folder: string): Shard {
  const manifest = readManifest(folder);
  if (manifest === null) {
    throw new WriteError(`${folder}: expected a shard, found no dataset.json. Check the path.`);
  }
  const { entries, tornBytes } = readJournal(datasetPaths(folder).journal);
  if (tornBytes > 0) {
    throw new WriteError(
      `${folder}: its last frame was being written when the run stopped. Run the shard again; it continues.`,
    );
  }
  return { folder, manifest, entries };
}

/** Shards of one dataset agree in everything that frames depend on, the renderer included. */
function assertSameManifests([first, ...others]: readonly Shard[]): DatasetManifest {
  if (first === undefined) throw new UsageError('merge: expected at least one shard');
  for (const { folder, manifest } of others) {
    const differences = diffManifests(first.manifest, manifest);
    if (differences.length === 0) continue;
    throw new WriteError(
      `${folder}: not a shard of the same dataset as ${first.folder}:\n${formatDifferences(differences)}\n` +
        'Render the shard again from the same config, assets, browser and version.',
    );
  }
  return first.manifest;
}

/** Every frame of the dataset with its shard, in frame order; each exactly once. */
function collectFrames(shards: readonly Shard[], total: number): readonly OwnedFrame[] {
  const owners = new Map<number, OwnedFrame>();
  for (const shard of shards) {
    for (const entry of shard.entries) {
      const other = owners.get(entry.frame);
      if (other !== undefined) {
        throw new WriteError(
          `frame ${entry.frame} is in ${other.shard.folder} and in ${shard.folder}; expected it in one shard. ` +
            'Name each shard once, and render them with the same --shard i/n.',
        );
      }
      if (entry.frame >= total) {
        throw new WriteError(
          `${shard.folder}: frame ${entry.frame} is foreign; the config has frames 0..${total - 1}.`,
        );
      }
      owners.set(entry.frame, { shard, entry });
    }
  }
  const missing = Array.from({ length: total }, (_, frame) => frame).filter(
    (frame) => !owners.has(frame),
  );
  if (missing.length > 0) {
    throw new WriteError(
      `${missing.length} of ${total} frames are in no shard: ${formatFrames(missing)}. ` +
        'Name the shards that are missing, or run the unfinished ones again; they continue.',
    );
  }
  return [...owners.values()].sort((a, b) => a.entry.frame - b.entry.frame);
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Makes sure that a file is there with the recorded bytes. */
async function assertRecordedBytes(
  folder: string,
  { path, bytes, sha256 }: RecordedFile,
): Promise<void> {
  const full = join(folder, path);
  const size = statSync(full, { throwIfNoEntry: false })?.size;
  const found =
    size === undefined
      ? 'no such file'
      : size !== bytes
        ? `${size} bytes`
        : (await sha256OfFile(full)) === sha256
          ? null
          : 'other bytes of the same length';
  if (found === null) return;
  throw new WriteError(
    `${full}: expected ${bytes} bytes with SHA-256 ${sha256.slice(0, 12)}…, found ${found}. ` +
      'Run the shard again; it renders frames whose files are missing or short.',
  );
}

/** Hard-links a file, or copies it where the file system cannot; what an earlier merge left is kept. */
async function placeFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return;
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS', 'EACCES'].includes(code)) throw error;
    const partial = `${to}${PARTIAL_SUFFIX}`;
    await copyFile(from, partial);
    const handle = await open(partial, 'r');
    await handle.sync().finally(() => handle.close());
    await rename(partial, to);
  }
}

async function placeFiles(folder: string, frames: readonly OwnedFrame[]): Promise<number> {
  const made = new Set<string>();
  let files = 0;
  for (const { shard, entry } of frames) {
    for (const file of entry.files) {
      const to = join(folder, file.path);
      await assertRecordedBytes(shard.folder, file);
      try {
        if (!made.has(dirname(to))) await makeFolder(dirname(to));
        made.add(dirname(to));
        await placeFile(join(shard.folder, file.path), to);
      } catch (error) {
        throw toWriteError(to, error);
      }
      await assertRecordedBytes(folder, file);
      files += 1;
    }
  }
  for (const parent of made) await syncFolder(parent);
  return files;
}

function* linesOf(frames: readonly OwnedFrame[]): Generator<Uint8Array> {
  for (const { shard, entry } of frames) {
    yield* readEntryLines(datasetPaths(shard.folder).journal, [entry]);
  }
}

/**
 * Joins shards into one dataset, with the bytes that one run over all frames would have written, after
 * proof that the shards belong together and that no frame is missing, doubled or foreign. Nothing is
 * written before all of that is known. Interrupted, it may be run again.
 *
 * @throws WriteError naming what does not fit, UsageError where the target is one of the shards.
 */
export async function mergeDatasets(
  folder: string,
  shardFolders: readonly string[],
  derived: DerivedWriter,
): Promise<MergeSummary> {
  if (shardFolders.some((shard) => resolve(shard) === resolve(folder))) {
    throw new UsageError(
      `merge: ${folder} is the target and a shard at once. Name another target.`,
    );
  }
  const shards = shardFolders.map(readShard);
  const manifest = assertSameManifests(shards);
  const frames = collectFrames(shards, manifest.config.frames);
  const { renderer, ...draft } = manifest;
  const store = await openStore(folder, draft, { mode: 'resume', derived });
  try {
    await store.begin(renderer);
    const files = await placeFiles(folder, frames);
    await writeFileAtomically(datasetPaths(folder).journal, linesOf(frames));
    await store.reload();
    await store.finalise();
    return { folder, frames: frames.length, files, shards: shards.length };
  } finally {
    await store.close();
  }
}
