import type { Config } from '../config/config-schema.ts';
import type { FileKind, FrameRecord } from '../formats/frame-record.ts';
import type { CategoryTable } from './category-table.ts';
import type { Rgb } from './oklab.ts';
import type { ScaleBar } from './scale-bar.ts';
import type { Shape } from './shapes.ts';

/** A label file, decoded: [H, W, channels], rows from the top. */
export type PixelMap = Readonly<{
  width: number;
  height: number;
  channels: number;
  values: Uint8Array | Uint16Array | Float32Array;
}>;

/** What an overlay draws from. */
export type OverlayInput = Readonly<{
  record: FrameRecord;
  categories: CategoryTable;
  /** Colours by instance id. */
  colors: ReadonlyMap<number, Rgb>;
  /** The file of the overlay, null where it needs none. */
  file: Readonly<{ kind: FileKind; map: PixelMap }> | null;
  /** How far polygons may be from their masks, pixels; absent where the config asks for none. */
  polygonTolerance?: number | undefined;
}>;

/** Pixels over the picture: [H, W, 4] sRGB with straight alpha, at the size of the frame. */
export type PixelLayer = Readonly<{ width: number; height: number; values: Uint8Array }>;

/** A word at an instance. */
export type TagText = Readonly<{ instanceId: number; text: string }>;

/** What an overlay puts over a picture. */
export type OverlayLayer = Readonly<{
  pixels?: PixelLayer | undefined;
  /** In pixels of the frame (labels.md §1). */
  shapes?: readonly Shape[] | undefined;
  /** Words of several overlays at one instance become one tag. */
  tags?: readonly TagText[] | undefined;
  scaleBar?: ScaleBar | undefined;
}>;

/** A label that can be drawn: a file each under `overlays/`, listed in `overlays.ts`. */
export type Overlay = Readonly<{
  /** For help texts: a few words. */
  summary: string;
  /** Files that it can be drawn from, the best first; empty where the record suffices. */
  files: readonly FileKind[];
  /** Its colours are those of categories: a sheet says which is which. */
  categoryColors: boolean;
  /** The config's key that makes a dataset have it, for errors; absent where every dataset does. */
  output?: string | undefined;
  /** Whether a record has it; absent where the files say it, or every record does. */
  isWritten?: ((record: FrameRecord, categories: CategoryTable) => boolean) | undefined;
  /** Whether a record may be without its files in a dataset that has them: it is then drawn without. */
  mayLack?: ((record: FrameRecord, config: Config) => boolean) | undefined;
  draw(input: OverlayInput): OverlayLayer;
}>;

/** Widths and sizes that overlays share, points. */
export const POINTS = { thin: 1, line: 1.8, thick: 2.6, tag: 13, radius: 2.5, dash: 5 } as const;
