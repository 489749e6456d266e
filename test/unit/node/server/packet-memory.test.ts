import { describe, expect, it } from 'vitest';
import { createPacketMemory } from '#node/server/packet-memory';

describe('memory of packets', () => {
  it('is never two packets at once', () => {
    const memory = createPacketMemory();
    const first = memory.take(1000);
    const second = memory.take(1000);
    expect(second.buffer).not.toBe(first.buffer);
    memory.giveBack(first.buffer);
    memory.giveBack(first.buffer);
    const [third, fourth] = [memory.take(1000), memory.take(1000)];
    expect(third.buffer).toBe(first.buffer);
    expect(fourth.buffer).not.toBe(first.buffer);
  });

  it('fits packets that are a little larger, and is as long as was asked for', () => {
    const memory = createPacketMemory();
    const small = memory.take(1000);
    memory.giveBack(small.buffer);
    const larger = memory.take(1200);
    expect(larger.buffer).toBe(small.buffer);
    expect([larger.byteOffset, larger.length]).toEqual([0, 1200]);
    memory.giveBack(larger.buffer);
    expect(memory.take(2000).buffer).not.toBe(small.buffer);
  });

  it('takes back only what it gave', () => {
    const memory = createPacketMemory();
    const foreign = new ArrayBuffer(64);
    memory.giveBack(foreign);
    expect(memory.take(8).buffer).not.toBe(foreign);
  });

  it('keeps the larger ones', () => {
    const memory = createPacketMemory();
    const packets = Array.from({ length: 20 }, (_, i) => memory.take(100 * (i + 1)));
    for (const { buffer } of packets) memory.giveBack(buffer);
    const kept = new Set(packets.slice(4).map(({ buffer }) => buffer));
    const again = Array.from({ length: 17 }, () => memory.take(1).buffer);
    expect(again.slice(0, 16).every((buffer) => kept.has(buffer))).toBe(true);
    expect(kept.has(again[16] as ArrayBuffer)).toBe(false);
  });
});
