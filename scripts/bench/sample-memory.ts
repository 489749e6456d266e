import { readFileSync } from 'node:fs';
import { processTree } from '#node/browser/process-tree';

/** Node; the browser's own processes; those of pages; those that draw. */
export const KINDS = ['node', 'browser', 'page', 'gpu'] as const;
export type Kind = (typeof KINDS)[number];

/** MiB by kind, when so many frames were written. */
export type Sample = Readonly<{ frames: number } & Record<Kind, number>>;

/**
 * MiB by kind: resident memory that is a process's own, and its share of what it shares (Linux). Pages of files are
 * left out: a process's share of them grows whenever another browser on the machine ends.
 */
export function sampleMemory(root: number): Readonly<Record<Kind, number>> {
  const held = { node: 0, browser: 0, page: 0, gpu: 0 };
  for (const { pid } of processTree(root)) {
    try {
      held[kindOf(pid, root)] += mebibytesOf(pid);
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return held;
}

function kindOf(pid: number, root: number): Kind {
  if (pid === root) return 'node';
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  if (command.includes('--type=gpu-process')) return 'gpu';
  return command.includes('--type=renderer') ? 'page' : 'browser';
}

/** `Pss_Anon` and `Pss_Shmem` of proc(5), in kibibytes there. */
function mebibytesOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const parts = [...text.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm)];
  return parts.reduce((sum, [, kibibytes]) => sum + Number(kibibytes) / 1024, 0);
}
