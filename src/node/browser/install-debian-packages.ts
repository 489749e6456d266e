import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describeFailure, runCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';
import type { LogLine } from './browser-types.ts';

/** What Mesa needs at run time: the EGL loader and the software rasteriser. */
export const MESA_PACKAGES: readonly string[] = ['libegl1', 'libgl1-mesa-dri'];

const INSTALL_TIMEOUT_MS = 10 * 60_000;
/** Another `apt-get` may hold the lock for as long as it downloads. */
const LOCK_TRIES = 30;
const LOCK_DELAY_MS = 4_000;

/** Runs `apt-get` or `dpkg-query`; tests hand in their own. */
export type RunPackageTool = (program: string, args: readonly string[]) => Promise<CommandResult>;

export type InstallPackagesOptions = Readonly<{
  log: LogLine;
  run?: RunPackageTool | undefined;
  /** Milliseconds between two tries while another process holds apt's lock. */
  lockDelayMs?: number | undefined;
}>;

/** True on Debian, Ubuntu and their kin, as root: where `apt-get install` may be run unasked. */
export async function canInstallDebianPackages(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** Those of the packages that are not installed. */
export async function missingDebianPackages(
  packages: readonly string[],
  run: RunPackageTool = runPackageTool,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of packages) {
    const result = await run('dpkg-query', ['-W', '-f=${db:Status-Status}', name]);
    if (result.code !== 0 || result.stdout.trim() !== 'installed') missing.push(name);
  }
  return missing;
}

/**
 * Installs Debian packages: waits while another process holds the lock, and refreshes the package lists
 * once where a package is not found or no longer served.
 *
 * @returns null, or why it failed.
 */
export async function installDebianPackages(
  packages: readonly string[],
  options: InstallPackagesOptions,
): Promise<string | null> {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  options.log(`apt-get ${install.join(' ')}`);
  let result = await runApt(install, options);
  if (result.code !== 0 && listsAreStale(result)) {
    options.log('apt-get update (the package lists are missing or old)');
    const update = await runApt(['update'], options);
    if (update.code !== 0) return `apt-get update: ${describeFailure(update)}`;
    result = await runApt(install, options);
  }
  return result.code === 0 ? null : `apt-get install: ${describeFailure(result)}`;
}

/** Runs `apt-get`, again and again while its lock is held. */
async function runApt(
  args: readonly string[],
  options: InstallPackagesOptions,
): Promise<CommandResult> {
  const run = options.run ?? runPackageTool;
  let result = await run('apt-get', args);
  for (let attempt = 1; attempt < LOCK_TRIES && lockIsHeld(result); attempt += 1) {
    if (attempt === 1) options.log('another process holds the package lock; waiting');
    await delay(options.lockDelayMs ?? LOCK_DELAY_MS);
    result = await run('apt-get', args);
  }
  return result;
}

function lockIsHeld(result: CommandResult): boolean {
  return result.code !== 0 && /could not get lock|unable to (acquire|lock)/i.test(result.stderr);
}

function listsAreStale(result: CommandResult): boolean {
  return /unable to locate package|has no installation candidate|404 |failed to fetch/i.test(
    `${result.stdout}\n${result.stderr}`,
  );
}

function runPackageTool(program: string, args: readonly string[]): Promise<CommandResult> {
  return runCommand(program, args, {
    timeoutMs: INSTALL_TIMEOUT_MS,
    // The messages are searched, so they must be in English.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
}
