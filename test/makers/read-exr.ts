import { inflateSync } from 'node:zlib';

/** What a strict reader finds in an OpenEXR file. */
export type ReadExr = Readonly<{
  width: number;
  height: number;
  /** Channel names in the file's order. */
  names: readonly string[];
  /** By name, [H, W], rows from the top. */
  channels: ReadonlyMap<string, Float32Array>;
}>;

/**
 * Reads single-part scan-line files of float32 channels under ZIP compression, from "OpenEXR File Layout"
 * (openexr.com), and throws at anything else: wrong offsets, rows out of order, bytes left over.
 */
export function readExr(file: Buffer): ReadExr {
  const header = readHeader(file);
  const { names, width, height } = header;
  const channels = new Map(names.map((name) => [name, new Float32Array(width * height)]));
  const blocks = Math.ceil(height / 16);
  let at = header.end + blocks * 8;
  for (let block = 0; block < blocks; block++) {
    expectEqual('offset', Number(file.readBigUInt64LE(header.end + block * 8)), at);
    const top = file.readInt32LE(at);
    expectEqual('row', top, block * 16);
    const stored = file.readInt32LE(at + 4);
    const rows = Math.min(16, height - top);
    const length = rows * width * 4 * names.length;
    const bytes = unpack(file.subarray(at + 8, at + 8 + stored), length);
    let from = 0;
    for (let row = top; row < top + rows; row++) {
      for (const name of names) {
        for (let x = 0; x < width; x++, from += 4) {
          const channel = channels.get(name) as Float32Array;
          channel[row * width + x] = bytes.readFloatLE(from);
        }
      }
    }
    at += 8 + stored;
  }
  expectEqual('length', file.length, at);
  return { width, height, names, channels };
}

function readHeader(
  file: Buffer,
): Readonly<{ width: number; height: number; names: readonly string[]; end: number }> {
  expectEqual('magic', file.readInt32LE(0), 0x01312f76);
  expectEqual('version and flags', file.readInt32LE(4), 2);
  const values = new Map<string, Buffer>();
  let at = 8;
  const text = (): string => {
    const end = file.indexOf(0, at);
    const found = file.toString('latin1', at, end);
    at = end + 1;
    return found;
  };
  for (let name = text(); name !== ''; name = text()) {
    const type = text();
    const length = file.readInt32LE(at);
    values.set(`${name}:${type}`, file.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const value = (name: string): Buffer => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`expected the attribute ${name}`);
    return found;
  };
  expectEqual('compression', value('compression:compression').readUInt8(0), 3);
  expectEqual('line order', value('lineOrder:lineOrder').readUInt8(0), 0);
  const window = value('dataWindow:box2i');
  expectEqual('display window', value('displayWindow:box2i').compare(window), 0);
  expectEqual('first pixel', window.readBigInt64LE(0), 0n);
  return {
    width: window.readInt32LE(8) + 1,
    height: window.readInt32LE(12) + 1,
    names: readNames(value('channels:chlist')),
    end: at,
  };
}

function readNames(list: Buffer): readonly string[] {
  const names: string[] = [];
  let at = 0;
  while (list[at] !== 0) {
    const end = list.indexOf(0, at);
    names.push(list.toString('latin1', at, end));
    expectEqual('channel type', list.readInt32LE(end + 1), 2);
    expectEqual('x sampling', list.readInt32LE(end + 9), 1);
    expectEqual('y sampling', list.readInt32LE(end + 13), 1);
    at = end + 17;
  }
  expectEqual('end of the channel list', at + 1, list.length);
  expectEqual('order of channels', names.join(), [...names].sort().join());
  return names;
}

/** Inflates, adds up the differences, and interleaves the two halves. */
function unpack(stored: Buffer, length: number): Buffer {
  if (stored.length === length) return stored;
  const bytes = inflateSync(stored);
  expectEqual('length of a block', bytes.length, length);
  for (let i = 1; i < length; i++) {
    bytes[i] = ((bytes[i - 1] as number) + (bytes[i] as number) - 128) & 255;
  }
  const half = (length + 1) >> 1;
  return Buffer.from(bytes.map((_, i) => bytes[(i >> 1) + (i & 1) * half] as number));
}

function expectEqual<T>(what: string, found: T, expected: T): void {
  if (found === expected) return;
  throw new Error(`${what}: expected ${String(expected)}, found ${String(found)}`);
}
