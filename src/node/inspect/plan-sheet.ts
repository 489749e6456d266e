import type { Size } from '#shared/core/geometry';
import type { SheetText } from '#shared/draw/draw-sheet';
import { OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import { layOutSheet, type SheetLayout } from '#shared/draw/sheet-layout';
import type { LegendEntry } from '#shared/draw/sheet-legend';
import type { JournalEntry } from '../store/journal.ts';
import { readRecords, type DatasetView } from './read-dataset.ts';

/** What a sheet shows. */
export type SheetJob = Readonly<{
  view: DatasetView;
  entries: readonly JournalEntry[];
  pictures: readonly (readonly OverlayName[])[];
  picture: Size;
  columns: number | null;
}>;

/** A sheet before its pictures. */
export type SheetPlan = Readonly<{ layout: SheetLayout; text: SheetText }>;

/** Instances of each category in some frames; categories without one are left out. */
function countCategories({ view, entries }: SheetJob): readonly LegendEntry[] {
  const counts = new Map<number, number>();
  for (const record of readRecords(view, entries)) {
    for (const { categoryId } of record.annotations.instances) {
      counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
    }
  }
  return view.manifest.categories.flatMap(({ id, name }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ categoryId: id, name, count }];
  });
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Lays a sheet out and says what is written on it. */
export function planSheet(job: SheetJob): SheetPlan {
  const { view, entries, pictures, picture, columns } = job;
  const { name, seed, config } = view.manifest;
  const counts = countCategories(job);
  const colored = pictures.flat().some((label) => OVERLAYS[label].categoryColors);
  const legend = colored ? counts : [];
  const layout = layOutSheet({
    frames: entries.length,
    picturesPerFrame: pictures.length,
    picture,
    columns,
    legend,
  });
  const instances = counts.reduce((sum, { count }) => sum + count, 0);
  const shown =
    entries.length === view.entries.length
      ? plural(entries.length, 'frame')
      : `${entries.length} of ${plural(view.entries.length, 'frame')}`;
  const subtitle = [
    `seed ${seed}`,
    shown,
    `${config.image.width}×${config.image.height}`,
    plural(instances, 'object'),
  ].join(' · ');
  const captions = entries.map(({ frame }) => `frame ${frame}`);
  return { layout, text: { title: name, subtitle, captions, legend } };
}
