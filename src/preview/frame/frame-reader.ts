import { decodeMask } from '#shared/annotate/rle';
import { polygonTolerance } from '#shared/config/outputs-schema';
import type { Config } from '#shared/config/config-schema';
import type { CategoryTable } from '#shared/draw/category-table';
import type { Overlay, OverlayInput, PixelMap } from '#shared/draw/overlay';
import { OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import type { DatasetState } from '#shared/protocol/preview-api';
import { parameterOf, type DrawnParameter } from '#shared/sampling/drawn-parameters';
import { statedAt } from '#shared/stats/stated-at';
import { droppedViews } from './dropped-views.ts';
import type { FrameView } from './frame-view.ts';

/** A frame of a dataset, and the labels that are to be drawn over it. */
export type RecordRequest = Readonly<{
  dataset: DatasetState;
  frame: number;
  shown: readonly OverlayName[];
}>;

/** Where records and files come from. */
export type DatasetFiles = Readonly<{
  record(frame: number): Promise<FrameRecord>;
  map(frame: number, kind: FileKind): Promise<PixelMap>;
}>;

type Drawable = OverlayInput['file'] | undefined;

/** The file of a record that an overlay is drawn from, the best first; null: it has none of them. */
function kindOf(label: OverlayName, { files }: FrameRecord): FileKind | null {
  const { files: kinds }: Overlay = OVERLAYS[label];
  return kinds.find((kind) => files[kind] !== undefined) ?? null;
}

/** Overlays that are drawn from a file: others need no more than the record. */
export function overlaysWithFiles(shown: Iterable<OverlayName>): readonly OverlayName[] {
  return [...shown].filter((label) => OVERLAYS[label].files.length > 0).sort();
}

function categoriesOf({ categories, config }: DatasetState): CategoryTable {
  return new Map(
    categories.map(({ id, name }) => {
      const own = Object.hasOwn(config.keypoints, name) ? config.keypoints[name] : undefined;
      return [id, { name, skeleton: own?.skeleton ?? null }];
    }),
  );
}

/** Ids from the masks of the record, where no image of them was written. */
function idsFromMasks({ width, height, annotations }: FrameRecord): Uint16Array {
  const ids = new Uint16Array(width * height);
  for (const { instanceId, segmentation } of annotations.instances) {
    for (const [i, value] of decodeMask(segmentation).entries()) if (value) ids[i] = instanceId;
  }
  return ids;
}

/** Whole numbers are millimetres (labels.md §6). */
function metersOf(values: PixelMap['values']): Float32Array {
  return values instanceof Float32Array
    ? values
    : Float32Array.from(values, (value) => value / 1000);
}

/**
 * What pixels are read out from, beside the picture. Where it cannot be had, the picture is shown all the
 * same: what is wrong with a frame is told beside it.
 */
async function readOut(
  kind: FileKind | undefined,
  fetchMap: (kind: FileKind) => Promise<PixelMap>,
): Promise<PixelMap['values'] | null> {
  if (kind === undefined) return null;
  return fetchMap(kind).then(
    ({ values }) => values,
    () => null,
  );
}

function parametersOf(config: Config, { sample }: FrameRecord): readonly DrawnParameter[] {
  return Object.entries(sample.draws).map(([path, value]) => ({
    path,
    parameter: parameterOf(path),
    stated: statedAt(config, path, sample.schedule?.goal),
    value,
  }));
}

/**
 * Reads a frame of a dataset: its record, its picture, and the files of the labels that are shown.
 *
 * @throws Error with the server's words where one of them cannot be had.
 */
export async function readFrameView(
  source: DatasetFiles,
  { dataset, frame, shown }: RecordRequest,
): Promise<FrameView> {
  const { config } = dataset;
  const record = await source.record(frame);
  const { width, height, files } = record;
  const known = new Map<FileKind, Promise<PixelMap>>();
  const fetchMap = (kind: FileKind): Promise<PixelMap> => {
    const found = known.get(kind) ?? source.map(frame, kind);
    known.set(kind, found);
    return found;
  };
  const optional = (...kinds: readonly FileKind[]): FileKind | undefined =>
    kinds.find((kind) => files[kind] !== undefined);
  const color = await fetchMap('rgb');
  const [idKind, depthKind] = [optional('instance'), optional('depth-float', 'depth')];
  const ids = await readOut(idKind, fetchMap);
  const depth = await readOut(depthKind, fetchMap);
  const normalKind = shown.includes('normals') ? optional('normals-float') : undefined;
  const normal = await readOut(normalKind, fetchMap);
  const drawn = new Map<OverlayName, Drawable>();
  for (const label of overlaysWithFiles(shown)) {
    const kind = kindOf(label, record);
    const { mayLack }: Overlay = OVERLAYS[label];
    if (kind !== null) drawn.set(label, { kind, map: await fetchMap(kind) });
    else if (mayLack?.(record, config) === true) drawn.set(label, null);
  }
  if (color.width !== width || color.height !== height) {
    throw new Error(`frame ${frame}: expected a picture of ${width}×${height} pixels`);
  }
  return {
    record,
    plan: null,
    categories: categoriesOf(dataset),
    color: new Uint8ClampedArray(color.values),
    instanceId: ids instanceof Uint16Array ? ids : idsFromMasks(record),
    depth: depth === null ? null : metersOf(depth),
    normal: normal instanceof Float32Array ? normal : null,
    dropped: droppedViews(record.annotations.dropped, { instances: [] }, config.labels),
    parameters: parametersOf(config, record),
    polygonTolerance: polygonTolerance(config.outputs) ?? 0,
    refusal: null,
    draft: false,
    fileOf: (label) => (OVERLAYS[label].files.length === 0 ? null : drawn.get(label)),
  };
}
