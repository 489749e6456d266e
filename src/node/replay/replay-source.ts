import { readFile } from 'node:fs/promises';
import type { Config } from '#shared/config/config-schema';
import { UsageError, WriteError } from '#shared/core/errors';
import type { FrameRecord } from '#shared/formats/frame-record';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { placeOf, sequenceOf } from '#shared/sampling/sequence';
import { formatFault, isObject } from '#shared/verify/json-shape';
import { sampleFaults } from '#shared/verify/sample-faults';
import { displayPath } from '../config/read-text-file.ts';
import type { DatasetView } from '../inspect/read-dataset.ts';
import type { RecordedFrames } from '../run/run-frames.ts';
import { selectFrames, type FrameRange } from '../run/select-frames.ts';
import { datasetPaths } from '../store/dataset-files.ts';
import { formatFrames } from '#shared/core/format-frames';
import { readEntries } from '../store/journal.ts';

/** Frames to replay, and the samples that they are made from. */
export type ReplaySource = RecordedFrames & Readonly<{ frames: readonly number[] }>;

/** Reads records of a dataset by frame. @throws WriteError where the frame is not there. */
export function recordReader({ folder, entries }: DatasetView): (frame: number) => FrameRecord {
  const path = datasetPaths(folder).journal;
  const byFrame = new Map(entries.map((entry) => [entry.frame, entry]));
  return (frame) => {
    const entry = byFrame.get(frame);
    const [record] = entry === undefined ? [] : readEntries(path, [entry]);
    if (record?.frame === frame) return record;
    const found = formatFrames([...byFrame.keys()]) || 'none';
    throw new WriteError(
      `${path}: expected the record of frame ${frame}, found frames ${found}. ` +
        'Run the same `diorama render` again; it renders what is missing.',
    );
  };
}

/**
 * The recorded samples of a dataset: all, or those of a range.
 *
 * @throws UsageError for a range beyond the config, WriteError where a frame of it is not there.
 */
export function recordedSource(dataset: DatasetView, range: FrameRange | undefined): ReplaySource {
  const read = recordReader(dataset);
  const total = dataset.manifest.config.frames;
  const frames =
    range === undefined
      ? dataset.entries.map(({ frame }) => frame)
      : selectFrames({ total, range }).map((frame) => read(frame).frame);
  if (frames.length === 0)
    throw new WriteError(`${dataset.folder}: expected frames to replay, found none yet.`);
  return {
    frames,
    sampleOf: (frame) => requireSample(read(frame).sample, `frame ${frame} of ${dataset.folder}`),
    acceptanceOf: (frame) => read(frame).acceptance ?? null,
  };
}

/**
 * A sample that stands in a file: by itself, or as `sample` of what `diorama plan` prints or of a record.
 *
 * @throws UsageError where the file is no sample, or none that the config of the dataset can have.
 */
export async function fileSource(path: string, config: Config): Promise<ReplaySource> {
  const shown = displayPath(path);
  const document = parseSample(await readSampleFile(path, shown), shown);
  const sample = requireSample(
    isObject(document) && isObject(document['sample']) ? document['sample'] : document,
    shown,
  );
  requirePlace(sample, config, shown);
  return {
    frames: [sample.frame],
    sampleOf: () => sample,
    acceptanceOf: () => null,
  };
}

async function readSampleFile(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { message } = cause as Error;
    throw new UsageError(`${shown}: expected a sample as JSON, found ${message}`, { cause });
  }
}

function parseSample(text: string, shown: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const { message } = cause as Error;
    throw new UsageError(`${shown}: expected a sample as JSON, found ${message}`, { cause });
  }
}

function requireSample(value: unknown, where: string): SceneSample {
  const faults = sampleFaults(value);
  if (faults.length === 0) return value as SceneSample;
  const told = faults.slice(0, 5).map((fault) => `\n  ${formatFault(fault)}`);
  const rest = faults.length > told.length ? `\n  … and ${faults.length - told.length} more` : '';
  throw new UsageError(
    `${where}: expected the sample of a frame, as a record or \`diorama plan --sample\` has it:${told.join('')}${rest}`,
  );
}

/** @throws UsageError where the dataset cannot have the sample's frame, or flow would need frames beside it. */
function requirePlace(sample: SceneSample, config: Config, shown: string): void {
  const { frame, sequence } = sample;
  if (frame >= config.frames) {
    throw new UsageError(
      `${shown}: frame: the dataset has frames 0..${config.frames - 1}, found ${frame}`,
    );
  }
  const place = sequenceOf(config, frame);
  const expected = config.sequence.frames > 1 ? JSON.stringify(place) : undefined;
  if (JSON.stringify(sequence) !== expected) {
    throw new UsageError(
      `${shown}: sequence: expected ${expected ?? 'none, as frames stand alone'}, found ${JSON.stringify(sequence)}`,
    );
  }
  requireView(sample, config, shown);
  const { forward, backward } = config.outputs.flow;
  if (sequence === undefined || (forward === 'none' && backward === 'none')) return;
  throw new UsageError(
    `${shown}: expected a dataset without optical flow, which leads to frames that one sample does not hold. Replay frames of the dataset itself.`,
  );
}

/** @throws UsageError where the sample does not show the view that its frame has in the dataset's rig. */
function requireView({ frame, rig }: SceneSample, config: Config, shown: string): void {
  const names = Object.keys(config.camera.rig?.views ?? {});
  const wanted = names.length === 0 ? null : { view: placeOf(config, frame).view, names };
  const found = rig ? { view: rig.view, names: rig.views.map(({ name }) => name) } : null;
  if (JSON.stringify(wanted) === JSON.stringify(found)) return;
  const describe = (one: typeof wanted): string =>
    one === null ? 'no rig' : `view ${one.view} of ${one.names.join(', ')}`;
  throw new UsageError(
    `${shown}: rig: expected ${describe(wanted)}, as the dataset has it, found ${describe(found)}`,
  );
}
