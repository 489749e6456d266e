import { rmSync } from 'node:fs';
import { commandLineOf, endProcesses, listProcesses, processTree } from './process-tree.ts';

/** How long an exit waits for the processes that it ended to be gone. */
const GONE_TIMEOUT_MS = 10_000;

/** Profiles of browsers of ours that are being started, or run. */
const open = new Set<string>();
let watching = false;

/**
 * Safety net: should this process exit before the browser of a profile was closed, the browser's processes are ended
 * and the profile is removed. To be called before the browser is started: Puppeteer tells its number only
 * once it answers. Only processes that name the profile are touched, with what descends from them.
 *
 * @param profile path of a folder that no other browser uses.
 * @returns takes the browser off the list, once it has been closed.
 */
export function trackBrowser(profile: string): () => void {
  open.add(profile);
  if (!watching) {
    watching = true;
    process.on('exit', endOpenBrowsers);
  }
  return () => {
    open.delete(profile);
  };
}

/** Runs while the process exits: nothing asynchronous would be carried out. */
function endOpenBrowsers(): void {
  for (const profile of open) {
    endBrowserOf(profile);
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    } catch {
      // A profile in the temporary folder is no reason to fail an exit.
    }
  }
}

/** A browser may start processes while it is ended, and write to its profile until it is gone. */
function endBrowserOf(profile: string): void {
  const deadline = performance.now() + GONE_TIMEOUT_MS;
  for (;;) {
    const processes = listProcesses();
    const members = processes
      .filter(({ pid }) => commandLineOf(pid).includes(profile))
      .flatMap(({ pid }) => processTree(pid, processes));
    if (members.length === 0 || performance.now() > deadline) return;
    endProcesses(members.map(({ pid }) => pid));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}
