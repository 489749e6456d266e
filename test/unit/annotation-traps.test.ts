import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeKittiFlow } from '#node/writers/encode-flow';
import { encodeColor, encodeGrey, encodeRgb } from '#node/writers/encode-image';
import { cocoInstanceLines } from '#shared/formats/coco-instances';
import { ROOT } from '../fences/read-plants.ts';
import { makeAnnotation } from '../makers/make-annotation.ts';
import { makeDraft, makeRecord, RENDERER } from './node/store/make-dataset.ts';

const PAGE = 'docs/annotation-traps.md';

/** `test/…` — “name”, as the page cites tests. */
const CITATION = /`(test\/[\w./-]+)`: “([^”]+)”/g;

describe('docs/annotation-traps.md', () => {
  const text = readFileSync(path.join(ROOT, PAGE), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!-|Trap )/.test(line));
  const citations = [...text.matchAll(CITATION)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));

  it('names a test for every trap', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => [...row.matchAll(CITATION)].length === 0)).toEqual([]);
  });

  it('names tests that there are', () => {
    const sources = new Map<string, string>();
    const missing = citations.filter(({ file, name }) => {
      const at = path.join(ROOT, file);
      if (!sources.has(file)) sources.set(file, existsSync(at) ? readFileSync(at, 'utf8') : '');
      return !sources.get(file)?.includes(name);
    });
    expect(missing).toEqual([]);
  });
});

describe('traps of annotation', () => {
  const size = { width: 2, height: 1 };

  it('no PNG carries gamma, a profile or a palette, which readers would apply', async () => {
    const rgb = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const pngs = [
      await encodeColor(Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255), size, {
        format: 'png',
        quality: null,
      }),
      await encodeGrey(Uint8Array.of(1, 2), size),
      await encodeGrey(Uint16Array.of(1, 60000), size),
      await encodeRgb(rgb, size),
      await encodeKittiFlow({
        ...size,
        uv: Float32Array.of(1, 2, 3, 4),
        state: Uint8Array.of(1, 1),
      }),
    ];
    for (const png of pngs) {
      const foreign = chunksOf(png).filter((chunk) => !['IHDR', 'IDAT', 'IEND'].includes(chunk));
      // Dots per metre change no pixel.
      expect(foreign.filter((chunk) => chunk !== 'pHYs')).toEqual([]);
    }
  });

  it('an image without objects stays in COCO, and no empty mask becomes an annotation', async () => {
    const file = { path: 'images/000000.png', sha256: '0'.repeat(64), bytes: 1 };
    const frames = [0, 1, 2].map((frame) => {
      const record = makeRecord(frame, { rgb: file });
      const instances = frame === 1 ? [makeAnnotation(1, '.1.\n...')] : [];
      return { ...record, annotations: { ...record.annotations, instances } };
    });
    const manifest = {
      ...makeDraft(),
      categories: [{ id: 1, name: 'box', supercategory: 'goods' }],
      renderer: RENDERER,
    };
    let json = '';
    for await (const line of cocoInstanceLines(manifest, frames)) json += line;
    const { images, annotations } = JSON.parse(json) as {
      images: { id: number }[];
      annotations: { id: number; area: unknown; image_id: number }[];
    };
    expect(images.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(annotations.map(({ image_id }) => image_id)).toEqual([2]);
    // A number above 0, not a list; ids are never 0.
    expect(annotations[0]).toMatchObject({ area: 1, id: 2 * 65536 + 1 });
  });
});

/** Names of the chunks of a PNG, in order (https://www.w3.org/TR/png-3/#5Chunk-layout). */
function chunksOf(png: Uint8Array): readonly string[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const names: string[] = [];
  for (let at = 8; at < png.byteLength; at += 12 + view.getUint32(at)) {
    names.push(String.fromCharCode(...png.subarray(at + 4, at + 8)));
  }
  return names;
}
