import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endProcesses, listProcesses, processTree, survivors } from '#node/browser/process-tree';
import type { ProcessEntry } from '#node/browser/process-tree';

const entry = (pid: number, parent: number, group = pid): ProcessEntry => ({
  pid,
  parent,
  group,
  started: '1',
});

it('finds children, grandchildren and orphans of the group, and nobody else', () => {
  const processes = [
    entry(1, 0),
    entry(12, 11, 10),
    entry(11, 10, 10),
    entry(10, 1),
    // Its parent ended, so init has it, but it is still in the browser's group.
    entry(13, 1, 10),
    // A child that left the group.
    entry(14, 12, 14),
    entry(20, 1),
    entry(21, 20, 20),
  ];
  const pids = processTree(10, processes).map((found) => found.pid);
  expect(pids.sort()).toEqual([10, 11, 12, 13, 14]);
});

it.skipIf(process.platform === 'win32')('ends a real tree by number', async () => {
  const script = 'sleep 300 & sleep 300 & echo ready; wait';
  const child = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const tree = processTree(child.pid ?? -1);
  expect(tree).toHaveLength(3);
  expect(survivors(tree)).toHaveLength(3);
  const ended = once(child, 'exit');
  endProcesses(tree.map((found) => found.pid));
  await ended;
  await expect.poll(() => survivors(tree)).toEqual([]);
  expect(listProcesses().map((found) => found.pid)).toContain(process.pid);
});
