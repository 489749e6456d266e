import { closeSync, openSync, readSync } from 'node:fs';

/** One line of a file, without its newline. */
export type FileLine = Readonly<{
  text: string;
  /** Counted from 1. */
  number: number;
  /** Of its first byte. */
  offset: number;
  /** Bytes, the newline not counted. */
  length: number;
  /** False for a last line without a newline. */
  terminated: boolean;
}>;

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/**
 * The lines of a UTF-8 file, one after the other and without holding the file in memory. Synchronous, so
 * that pure exporters can run over a dataset as over an array.
 */
export function* readLines(path: string): Generator<FileLine> {
  const descriptor = openSync(path, 'r');
  try {
    let parts: Buffer[] = [];
    let number = 0;
    let offset = 0;
    const take = (terminated: boolean): FileLine => {
      const bytes = Buffer.concat(parts);
      const line = {
        text: bytes.toString('utf8'),
        number: ++number,
        offset,
        length: bytes.length,
        terminated,
      };
      offset += bytes.length + 1;
      parts = [];
      return line;
    };
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const bytes = chunk.subarray(0, readSync(descriptor, chunk, 0, CHUNK_BYTES, null));
      if (bytes.length === 0) break;
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        parts.push(bytes.subarray(start, end));
        yield take(true);
        start = end + 1;
      }
      parts.push(bytes.subarray(start));
    }
    if (parts.some((part) => part.length > 0)) yield take(false);
  } finally {
    closeSync(descriptor);
  }
}
