import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeMask } from '#node/writers/encode-mask';
import { withScratch } from '#node/writers/scratch';

const LENGTH = 12_345;

describe('withScratch', () => {
  it('lends again what has come back, also by an error', async () => {
    const seen = new Set<ArrayBuffer>();
    const fault = new Error('disk full');
    for (let use = 0; use < 100; use++) {
      const fails = use % 2 === 1;
      const lend = withScratch(LENGTH, (lent) => {
        expect(lent).toHaveLength(LENGTH);
        seen.add(lent.buffer);
        return fails ? Promise.reject(fault) : Promise.resolve(use);
      });
      await (fails ? expect(lend).rejects.toBe(fault) : expect(lend).resolves.toBe(use));
    }
    expect(seen.size).toBeLessThan(50);
  });

  it('never lends memory that is in use', async () => {
    await withScratch(LENGTH, async (outer) => {
      await withScratch(LENGTH, (inner) => {
        expect(inner.buffer).not.toBe(outer.buffer);
        return Promise.resolve();
      });
    });
  });

  it('does not show in a file what is left from another', async () => {
    const noise = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i * 40503) % 65536);
    await encodeMask(noise, { width: 64, height: 64 }, 1);
    const values = new Uint16Array(32 * 32).fill(7);
    const bytes = await encodeMask(values, { width: 32, height: 32 }, 1);
    const data = await sharp(bytes).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(data.buffer, data.byteOffset, values.length)).toEqual(values);
  });
});
