import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeFailure, runCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';
import type { Environment } from './browser-types.ts';

/** Whether a browser starts, and what it says of itself. */
export type VersionReading =
  | Readonly<{ ok: true; version: string; needsBundledLibraries: boolean }>
  | Readonly<{ ok: false; reason: string }>;

/** Long enough for a cold disk; a browser prints its version in well under a second. */
const VERSION_TIMEOUT_MS = 20_000;

/**
 * Asks a browser for its version, which also proves that its shared libraries are there. Where they are
 * not and a `lib` folder lies beside the binary (the embedded build), tries again with that folder.
 * On Windows a browser prints nothing; there the name of the version folder beside it is taken.
 */
export async function readBrowserVersion(path: string, env: Environment): Promise<VersionReading> {
  if (process.platform === 'win32') return readWindowsVersion(path);
  const plain = await runCommand(path, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS, env });
  const version = parseVersion(plain);
  if (version !== null) return { ok: true, version, needsBundledLibraries: false };
  const libraries = join(dirname(path), 'lib');
  if (await exists(libraries)) {
    const bundled = await runCommand(path, ['--version'], {
      timeoutMs: VERSION_TIMEOUT_MS,
      env: withLibraryPath(env, libraries),
    });
    const found = parseVersion(bundled);
    if (found !== null) return { ok: true, version: found, needsBundledLibraries: true };
  }
  return { ok: false, reason: describeFailure(plain) };
}

/** The environment with a folder put first on `LD_LIBRARY_PATH`. */
export function withLibraryPath(env: Environment, folder: string): Environment {
  const before = env['LD_LIBRARY_PATH'];
  const joined = before === undefined || before === '' ? folder : `${folder}:${before}`;
  return { ...env, LD_LIBRARY_PATH: joined };
}

function parseVersion(result: CommandResult): string | null {
  if (result.code !== 0) return null;
  const match = /(?:[A-Za-z]+ )+\d+(?:\.\d+){1,3}/.exec(result.stdout);
  return match === null ? null : match[0].trim();
}

async function readWindowsVersion(path: string): Promise<VersionReading> {
  const names = await readdir(dirname(path)).catch(() => []);
  const version = names.find((name) => /^\d+(\.\d+){3}$/.test(name));
  return {
    ok: true,
    version: `Chrome ${version ?? 'of unknown version'}`,
    needsBundledLibraries: false,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
