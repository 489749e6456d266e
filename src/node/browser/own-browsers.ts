import { rmSync } from 'node:fs';
import { endProcesses, processTree } from './process-tree.ts';

/** A browser of ours that has not been closed yet. */
export type OwnBrowser = Readonly<{ pid: number; profile: string }>;

const open = new Set<OwnBrowser>();
let watching = false;

/**
 * Safety net: should this process exit with the browser still open, the browser's processes are ended
 * and its profile removed. Only numbers that were handed in are touched, with what descends from them.
 *
 * @returns takes the browser off the list, once it has been closed.
 */
export function trackBrowser(browser: OwnBrowser): () => void {
  open.add(browser);
  if (!watching) {
    watching = true;
    process.on('exit', endOpenBrowsers);
  }
  return () => {
    open.delete(browser);
  };
}

/** Runs while the process exits: nothing may wait here. */
function endOpenBrowsers(): void {
  for (const browser of open) {
    const members = processTree(browser.pid).map((entry) => entry.pid);
    endProcesses(members.length === 0 ? [browser.pid] : members);
    try {
      rmSync(browser.profile, { recursive: true, force: true });
    } catch {
      // A profile in the temporary folder is no reason to fail an exit.
    }
  }
}
