import { expect, it } from 'vitest';
import { createPoolSlots } from '#node/browser/pool-slots';

it('hands slots out first come, first served', async () => {
  const slots = createPoolSlots(['a', 'b']);
  expect(await slots.take()).toBe('a');
  expect(await slots.take()).toBe('b');
  const third = slots.take();
  const fourth = slots.take();
  slots.giveBack('b');
  slots.giveBack('a');
  expect(await third).toBe('b');
  expect(await fourth).toBe('a');
});

it('fails everybody who waits once it is closed', async () => {
  const slots = createPoolSlots(['a']);
  await slots.take();
  const waiting = slots.take();
  slots.close(new Error('the end'));
  await expect(waiting).rejects.toThrow('the end');
  slots.giveBack('a');
  await expect(slots.take()).rejects.toThrow('the end');
});
