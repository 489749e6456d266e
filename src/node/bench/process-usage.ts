import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { processTree } from '../browser/process-tree.ts';

/** Ticks of /proc/<pid>/stat in a second (`getconf CLK_TCK`, 100 on every Linux that Chromium runs on). */
const TICKS_PER_SECOND = 100;

/** What this process and all below it that are alive have used. */
export type ProcessUsage = Readonly<{
  /** CPU seconds, user and system; of Node, encoders' threads included, and of the browsers. */
  nodeCpuSeconds: number;
  browserCpuSeconds: number;
  /** Each process's own peak of resident memory, added up: shared pages count once for each process. */
  peakMemoryBytes: number;
}>;

/** Browsers and memory are read from /proc, which Linux alone has: elsewhere they are 0. */
export function measureUsage(): ProcessUsage {
  const own = process.cpuUsage();
  const below = processTree(process.pid).filter(({ pid }) => pid !== process.pid);
  const sum = (read: (pid: number) => number): number =>
    below.reduce((total, { pid }) => total + read(pid), 0);
  return {
    nodeCpuSeconds: (own.user + own.system) / 1e6,
    browserCpuSeconds: sum(cpuSecondsOf),
    peakMemoryBytes: peakBytesOf(process.pid) + sum(peakBytesOf),
  };
}

/** Whether CPU seconds and memory of other processes can be read here. */
export const canMeasureProcesses = (): boolean => process.platform === 'linux';

/** Seconds that all cores together have been busy since the machine was started, with whatever it was. */
export function machineBusySeconds(): number {
  return cpus().reduce((sum, { times }) => {
    const { user, nice, sys, irq } = times;
    return sum + (user + nice + sys + irq) / 1000;
  }, 0);
}

/** 0 for a process that has just ended. Fields 14 and 15 of proc(5), counted behind the name in brackets. */
function cpuSecondsOf(pid: number): number {
  const text = readProc(pid, 'stat');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' ? 0 : (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** `VmHWM` of proc(5), the peak of resident memory, in kibibytes there. */
function peakBytesOf(pid: number): number {
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, 'status')) ?? [];
  return Number(kibibytes) * 1024;
}

/** Empty for a process that has just ended, and where there is no /proc. */
function readProc(pid: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
