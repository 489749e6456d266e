import type { Config } from '#shared/config/config-schema';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import { COLOR_EXTENSIONS } from '../writers/encode-image.ts';

/** Where a kind of file stands, by the name of its frame; null where the config does not ask for it. */
type PathOf = (outputs: Config['outputs'], name: string) => string | null;

/** docs/dataset-format.md §6, a row a kind. */
const PATHS: Readonly<Record<FileKind, PathOf>> = {
  rgb: ({ rgb }, name) => `images/${name}.${COLOR_EXTENSIONS[rgb.format]}`,
  instance: ({ instance }, name) => (instance ? `labels/instance/${name}.png` : null),
  semantic: ({ semantic }, name) => (semantic ? `labels/semantic/${name}.png` : null),
  depth: ({ depth }, name) => (depth.png ? `labels/depth/${name}.png` : null),
  'depth-float': ({ depth }, name) =>
    depth.float === 'none' ? null : `labels/depth/${name}.${depth.float}`,
};

/** Which files of a record are not those that the config asks for: missing, not asked for, elsewhere. */
export function fileListFaults(
  { frame, files }: FrameRecord,
  outputs: Config['outputs'],
): readonly string[] {
  const name = String(frame).padStart(6, '0');
  const known = Object.entries(PATHS).flatMap(([kind, pathOf]) => {
    const expected = pathOf(outputs, name);
    const found = files[kind as FileKind]?.path ?? null;
    if (expected === found) return [];
    return [`files.${kind}: expected ${expected ?? 'no such file'}, found ${found ?? 'none'}.`];
  });
  const unknown = Object.keys(files).filter((kind) => !(kind in PATHS));
  return [
    ...known,
    ...unknown.map((kind) => `files.${kind}: expected a kind of file that is known.`),
  ];
}
