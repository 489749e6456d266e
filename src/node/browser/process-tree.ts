import { readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

/**
 * A running process. `started` tells a process from a later one under the same number (clock ticks
 * since boot on Linux; empty elsewhere, where it cannot be had cheaply).
 */
export type ProcessEntry = Readonly<{
  pid: number;
  parent: number;
  group: number;
  started: string;
}>;

/** Every process of this machine; empty where the system does not say. */
export function listProcesses(): readonly ProcessEntry[] {
  if (process.platform === 'linux') return listFromProc();
  if (process.platform === 'win32') return [];
  const listing = spawnSync('ps', ['-axo', 'pid=,ppid=,pgid='], { encoding: 'utf8' });
  return (listing.stdout ?? '').split('\n').flatMap((line) => {
    const [pid, parent, group] = line.trim().split(/\s+/).map(Number);
    return pid && parent !== undefined && group !== undefined
      ? [{ pid, parent, group, started: '' }]
      : [];
  });
}

/** The words that a process was started with; empty where it is gone, or the system does not say. */
export function commandLineOf(pid: number): string {
  if (process.platform === 'win32') return '';
  if (process.platform !== 'linux')
    return (
      spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
    );
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** A process with all that descend from it or share the process group that it leads. */
export function processTree(
  root: number,
  processes: readonly ProcessEntry[] = listProcesses(),
): readonly ProcessEntry[] {
  const members = new Set<number>([root]);
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const entry of processes) {
      if (members.has(entry.parent) || entry.group === root) members.add(entry.pid);
    }
  }
  return processes.filter((entry) => members.has(entry.pid));
}

/** Those of the entries that still run, and are still the same process. */
export function survivors(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const now = new Map(listProcesses().map((entry) => [entry.pid, entry.started]));
  return entries.filter((entry) => now.get(entry.pid) === entry.started);
}

/** Ends each of the processes by its number, at once. Those that are gone already are passed over. */
export function endProcesses(pids: readonly number[]): void {
  for (const pid of pids) {
    if (process.platform === 'win32') {
      spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)]);
      continue;
    }
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

function listFromProc(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const entry = readProcess(Number(name));
      return entry === null ? [] : [entry];
    });
}

/** Fields of `/proc/<pid>/stat` after the name, which stands in brackets and may hold anything (proc(5)). */
function readProcess(pid: number): ProcessEntry | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; its parent has not asked for its exit code yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return {
      pid,
      parent: Number(fields[1]),
      group: Number(fields[2]),
      started: fields[19] ?? '',
    };
  } catch {
    return null;
  }
}
