import { flowOf } from '#shared/draw/flow-map';
import type { FileKind } from '#shared/formats/frame-record';
import { decodeColor } from '../readers/decode-color.ts';
import { decodeLabel } from '../readers/decode-label.ts';

/** One file twice: as it stands, and made again. */
export type FilePair = Readonly<{ kind: FileKind; path: string; before: Buffer; after: Buffer }>;

type Pixels = Readonly<{
  width: number;
  height: number;
  values: ArrayLike<number>;
  /** [H, W] whether there is a value, where it may lack. */
  known?: Uint8Array;
}>;

/** What a difference of one is, by kind of file. */
const UNITS: Readonly<Partial<Record<FileKind, string>>> = {
  rgb: 'of 255',
  depth: 'mm',
  'depth-float': 'm',
  range: 'm',
  'flow-forward': 'px',
  'flow-backward': 'px',
};

/**
 * How a file and the same file made again differ: in pixels, where both are images; null where the bytes
 * are equal.
 */
export async function describeDifference(pair: FilePair): Promise<string | null> {
  const { kind, path, before, after } = pair;
  if (before.equals(after)) return null;
  const decode = (bytes: Buffer): Promise<Pixels> =>
    kind === 'rgb' ? decodeColor(bytes) : decodeLabelOf(kind, path, bytes);
  try {
    return comparePixels(await decode(before), await decode(after), UNITS[kind] ?? '');
  } catch {
    return `expected ${before.length} bytes as in the dataset, found ${after.length} others.`;
  }
}

/** A label as it is stored, but flow in pixels, whatever its format. */
async function decodeLabelOf(kind: FileKind, path: string, bytes: Buffer): Promise<Pixels> {
  const label = await decodeLabel(path, bytes);
  if (kind !== 'flow-forward' && kind !== 'flow-backward') return label;
  const { uv, ...flow } = flowOf(label);
  return { ...flow, values: uv };
}

function comparePixels(before: Pixels, after: Pixels, unit: string): string {
  const { width, height } = before;
  if (width !== after.width || height !== after.height) {
    return `expected ${width}×${height} pixels, found ${after.width}×${after.height}.`;
  }
  const pixels = width * height;
  const channels = before.values.length / pixels;
  let differing = 0;
  let alone = 0;
  let greatest = 0;
  let first = -1;
  for (let i = 0; i < pixels; i++) {
    const isInOne = before.known?.[i] !== after.known?.[i];
    let most = 0;
    for (let at = i * channels; at < (i + 1) * channels; at++) {
      most = Math.max(most, Math.abs((before.values[at] ?? NaN) - (after.values[at] ?? NaN)));
    }
    if (most === 0 && !isInOne) continue;
    if (differing++ === 0) first = i;
    if (isInOne) alone++;
    else greatest = Math.max(greatest, most);
  }
  if (differing === 0) return 'expected the bytes of the dataset, found equal pixels in others.';
  const where = `(${first % width}, ${Math.floor(first / width)})`;
  const most = `by at most ${Number(greatest.toPrecision(6))}${unit === '' ? '' : ` ${unit}`}`;
  const lacking = alone === 0 ? '' : ` where both have a value (${alone} lack one)`;
  return `expected the pixels of the dataset, found ${differing} of ${pixels} that differ, ${most}${lacking}; the first is ${where}.`;
}
