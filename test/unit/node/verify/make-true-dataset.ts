import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configHashText } from '#shared/config/canonical-json';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import { buildManifest } from '#node/run/build-manifest';
import { createFrameWriter, derivedFiles } from '#node/run/dataset-writers';
import type { LoadedInputs } from '#node/run/prepare-run';
import { renderPrepared, type PreparedRun, type RunEffects } from '#node/run/render-prepared';
import { decodeLabel } from '#node/readers/decode-label';
import type { ManifestDraft } from '#node/store/inspect-store';
import { formatProblem, type ProblemKind } from '#node/verify/problem-list';
import { verifyDataset, type VerifyJob, type VerifyReport } from '#node/verify/verify-dataset';
import { encodeGrey, encodeRgb } from '#node/writers/encode-image';
import { drawBoxes } from '../../../makers/draw-boxes.ts';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';
import { makeFolder } from '../store/make-dataset.ts';
import { makeRenderer } from '../run/make-run.ts';

export const FRAMES = 4;

/** Crates on the table of a room, seen from in front; small, and with every label. */
export const CRATES: Partial<ConfigInput> = {
  frames: FRAMES,
  seed: 'verify',
  image: { width: 48, height: 36 },
  camera: {
    pose: { kind: 'at', position: [0, 1.3, 1.6], target: [0, 0.8, 0] },
    rollDegrees: { kind: 'uniform', min: -20, max: 20 },
  },
  objects: {
    crates: {
      categories: ['crate', 'post'],
      count: 4,
      scale: 1.25,
      whenFull: 'drop',
      placement: { kind: 'scatter', surface: 'table', regionScale: 0.8 },
    },
  },
  labels: { minPixels: 7 },
  outputs: { depth: { png: true, float: 'npz' } },
};

/** What a run of the config would load. */
export function makeLoaded(changes: Partial<ConfigInput> = {}): LoadedInputs {
  const inputs = makeRunInputs({ ...CRATES, ...changes });
  const sha256 = createHash('sha256').update(configHashText(inputs.config)).digest('hex');
  const draft = buildManifest(inputs, {
    sources: { name: 'crates.yaml:2', 'image.width': '--set', 'image.height': '--set' },
    sha256,
    toolVersion: '0.1.0',
  });
  // The made catalogue names its hashes; a manifest holds hashes.
  const hashed = JSON.stringify(draft).replace(/"sha256-of-([^"]+)"/g, (_, id: string) =>
    JSON.stringify(createHash('sha256').update(id).digest('hex')),
  );
  return {
    inputs,
    draft: JSON.parse(hashed) as ManifestDraft,
    assets: [],
    resolveResource: () => Promise.resolve(null),
    files: [],
    warnings: [],
  };
}

/** Real writers, and a renderer in arithmetic. */
export function makeEffects(loaded: LoadedInputs, draw = drawBoxes): RunEffects {
  return {
    ...makeRenderer(draw).effects,
    derived: derivedFiles,
    writeFrame: createFrameWriter(loaded.inputs.config),
  };
}

/** Renders a dataset of {@link CRATES} into a fresh folder. */
export async function makeTrueDataset(
  changes: Partial<ConfigInput> = {},
  frames: readonly number[] = [0, 1, 2, 3],
): Promise<string> {
  const folder = join(makeFolder(), 'out');
  const loaded = makeLoaded(changes);
  const run: PreparedRun = {
    inputs: loaded.inputs,
    draft: loaded.draft,
    frames,
    folder,
    mode: 'resume',
    keepGoing: false,
    warnings: [],
    reproduce: (frame) => `again ${frame}`,
  };
  await renderPrepared(run, makeEffects(loaded), {
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return folder;
}

/** Verifies without rendering again. */
export function verify(folder: string, job: Partial<VerifyJob> = {}): Promise<VerifyReport> {
  return verifyDataset(
    { folder, ...job },
    {
      signal: new AbortController().signal,
      derived: derivedFiles,
      onProgress: () => undefined,
      rerender: () => Promise.resolve({ frames: [], problems: [] }),
    },
  );
}

/** Problems as people read them, with their severity; of some kinds, or of all. */
export function linesOf(report: VerifyReport, ...kinds: readonly ProblemKind[]): readonly string[] {
  return report.groups
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .flatMap(({ problems }) =>
      problems.map((problem) => `${problem.severity}: ${formatProblem(problem)}`),
    );
}

export const journalLines = (folder: string): string[] =>
  readFileSync(join(folder, 'frames.jsonl'), 'utf8').trimEnd().split('\n');

export function writeJournal(folder: string, lines: readonly string[]): void {
  writeFileSync(join(folder, 'frames.jsonl'), lines.map((line) => `${line}\n`).join(''));
}

export function readRecord(folder: string, frame: number): FrameRecord {
  return JSON.parse(journalLines(folder)[frame] ?? '') as FrameRecord;
}

/** Replaces the record of a frame; the derived files are left as they are. */
export function editRecord(
  folder: string,
  frame: number,
  change: (record: FrameRecord) => unknown,
): void {
  const lines = journalLines(folder).map((line, i) =>
    i === frame ? JSON.stringify(change(JSON.parse(line) as FrameRecord)) : line,
  );
  writeJournal(folder, lines);
}

/** Writes bytes in the place of a frame's file and tells the journal, so that the content alone is wrong. */
export function replaceFile(
  folder: string,
  { frame, kind }: Readonly<{ frame: number; kind: FileKind }>,
  bytes: Uint8Array,
): void {
  editRecord(folder, frame, (record) => {
    const file = record.files[kind];
    if (file === undefined) throw new Error(`expected a file of kind ${kind}`);
    writeFileSync(join(folder, file.path), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return {
      ...record,
      files: { ...record.files, [kind]: { ...file, sha256, bytes: bytes.length } },
    };
  });
}

/** Changes the numbers of a label PNG, and tells the journal. */
export async function editLabel(
  folder: string,
  { frame, kind }: Readonly<{ frame: number; kind: FileKind }>,
  change: (values: Uint8Array | Uint16Array) => Uint8Array | Uint16Array,
): Promise<void> {
  const path = readRecord(folder, frame).files[kind]?.path ?? '';
  const map = await decodeLabel(path, readFileSync(join(folder, path)));
  const { width, height, channels, values } = map;
  if (values instanceof Float32Array) throw new Error('expected a PNG');
  const encode = channels === 3 ? encodeRgb : encodeGrey;
  replaceFile(folder, { frame, kind }, await encode(change(values), { width, height }));
}

/** A copy that a test may damage; it goes with the temporary folder of the run. */
export function copyOf(folder: string): string {
  const copy = join(makeFolder(), 'out');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Changes one instance of a frame. */
export function editInstance(
  folder: string,
  { frame, id }: Readonly<{ frame: number; id: number }>,
  change: (instance: InstanceAnnotation) => unknown,
): void {
  editRecord(folder, frame, (record) => ({
    ...record,
    annotations: {
      ...record.annotations,
      instances: record.annotations.instances.map((one) =>
        one.instanceId === id ? change(one) : one,
      ),
    },
  }));
}

/** Values with one of them changed. */
export const withValue = <T extends Uint8Array | Uint16Array>(
  values: T,
  index: number,
  value: number,
) => values.map((other, i) => (i === index ? value : other)) as T;

export const path = (folder: string, name: string): string => join(folder, name);

/** How lines about a frame end. */
export const REPRODUCE = (frame: number): string =>
  `Reproduce: npx diorama render crates.yaml --seed verify --frames ${frame}..${frame} ` +
  `--set image.width=48 --set image.height=36 --gl swiftshader --out out/frame-${frame}`;

/** The id image of a frame. */
export async function idsOf(folder: string, frame: number): Promise<Uint8Array | Uint16Array> {
  let ids: Uint8Array | Uint16Array = new Uint16Array();
  await editLabel(folder, { frame, kind: 'instance' }, (values) => (ids = values));
  return ids;
}
