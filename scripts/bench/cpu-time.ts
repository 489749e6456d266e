import { readFileSync } from 'node:fs';
import { processTree } from '#node/browser/process-tree';

/** Ticks of /proc/<pid>/stat in a second (`getconf CLK_TCK`, 100 on every Linux that Chromium runs on). */
const TICKS_PER_SECOND = 100;

/** CPU seconds, user and system, of this process and of everything below it that is alive. Linux only. */
export function cpuSeconds(): Readonly<{ node: number; browsers: number }> {
  const own = process.cpuUsage();
  const below = processTree(process.pid).filter(({ pid }) => pid !== process.pid);
  return {
    node: (own.user + own.system) / 1e6,
    browsers: below.reduce((sum, { pid }) => sum + secondsOf(pid), 0),
  };
}

/** 0 for a process that has just ended. Fields 14 and 15 of proc(5), counted behind the name in brackets. */
function secondsOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
