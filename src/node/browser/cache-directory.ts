import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from './browser-types.ts';

/** Version of `@sparticuz/chromium` that is fetched: the last one that runs on Node 20. */
export const EMBEDDED_CHROMIUM_VERSION = '147.0.0';

/** Folder for what `setup` fetches: `$DIORAMA_CACHE`, else `~/.cache/diorama`. */
export function cacheDirectory(env: Environment, home: string = homedir()): string {
  const chosen = env['DIORAMA_CACHE'];
  return chosen === undefined || chosen === '' ? join(home, '.cache', 'diorama') : resolve(chosen);
}

/**
 * Folder of one unpacked embedded Chromium. The version is in the path, so that an upgrade can never
 * start an older binary that happens to lie there.
 */
export function embeddedChromiumDirectory(cache: string, version: string): string {
  return join(cache, 'chromium', version);
}
