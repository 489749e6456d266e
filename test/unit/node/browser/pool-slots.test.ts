import { describe, expect, it } from 'vitest';
import { createPoolSlots } from '#node/browser/pool-slots';

describe('slots that are taken alone', () => {
  it('are handed out first come, first served', async () => {
    const slots = createPoolSlots(['a', 'b']);
    const [a, b] = [await slots.take(true), await slots.take(true)];
    expect([a.slot, b.slot, slots.hasIdle()]).toEqual(['a', 'b', false]);
    const third = slots.take(true);
    const fourth = slots.take(true);
    b.giveBack();
    a.giveBack();
    expect([(await third).slot, (await fourth).slot]).toEqual(['b', 'a']);
  });

  it('are given back once', async () => {
    const slots = createPoolSlots(['a']);
    const first = await slots.take(true);
    first.giveBack();
    const second = await slots.take(true);
    first.giveBack();
    expect([first.isGivenBack(), second.isGivenBack(), slots.hasIdle()]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('slots that are shared', () => {
  it('fill evenly, with two each', async () => {
    const slots = createPoolSlots(['a', 'b']);
    const leases = [];
    for (let i = 0; i < 4; i++) leases.push(await slots.take(false));
    expect(leases.map(({ slot }) => slot)).toEqual(['a', 'b', 'a', 'b']);
    let fifth: string | null = null;
    void slots.take(false).then(({ slot }) => (fifth = slot));
    await Promise.resolve();
    expect(fifth).toBeNull();
    leases[3]?.giveBack();
    await expect.poll(() => fifth).toBe('b');
  });

  it('are not shared with who is alone, whom nobody overtakes', async () => {
    const slots = createPoolSlots(['a']);
    const first = await slots.take(false);
    const order: string[] = [];
    const alone = slots.take(true).then((lease) => {
      order.push('alone');
      return lease;
    });
    const late = slots.take(false).then(() => order.push('late'));
    await Promise.resolve();
    expect(order).toEqual([]);
    first.giveBack();
    const lease = await alone;
    await Promise.resolve();
    expect(order).toEqual(['alone']);
    lease.giveBack();
    await late;
    expect(order).toEqual(['alone', 'late']);
  });

  it('may be added while somebody waits', async () => {
    const slots = createPoolSlots(['a']);
    await slots.take(true);
    const waiting = slots.take(false);
    slots.add('b');
    expect((await waiting).slot).toBe('b');
  });
});

it('fails everybody who waits once it is closed', async () => {
  const slots = createPoolSlots(['a']);
  const first = await slots.take(true);
  const waiting = slots.take(false);
  slots.close(new Error('the end'));
  await expect(waiting).rejects.toThrow('the end');
  first.giveBack();
  await expect(slots.take(false)).rejects.toThrow('the end');
});
