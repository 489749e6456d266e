import type { Config } from '#shared/config/config-schema';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import type { DecodedFiles } from './read-frame-files.ts';

/** A decoded frame, as its further label files are held against it. */
export type FrameToJudge = Readonly<{
  record: FrameRecord;
  decoded: DecodedFiles;
  config: Config;
  /** [H, W] ids without dropped instances. */
  ids: Uint16Array;
  /** Null where no file tells it. */
  depth: Readonly<{ meters: Float32Array; stepMeters: number }> | null;
}>;

/** A contradiction, and which kind of file shows it. */
export type FileFault = Readonly<{ kind: FileKind; message: string }>;
