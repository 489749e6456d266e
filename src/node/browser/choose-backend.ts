import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { BrowserError, RenderError } from '#shared/core/errors';
import { isSoftware } from '#shared/protocol/software-renderer';
import type { Backend, BackendRequest, LogLine } from './browser-types.ts';

/** The back end of a run, with what suits it. */
export type BackendChoice = Readonly<{
  backend: Backend;
  /** `UNMASKED_RENDERER_WEBGL` as the probe found it. */
  renderer: string;
  /** Browsers to run side by side. */
  workers: number;
  /** llvmpipe's threads in each browser. */
  threadsPerBrowser: number;
}>;

/** The machine, as far as the choice depends on it. */
export type Machine = Readonly<{
  platform: string;
  cores: number;
  /** Whether there is a device that could be a graphics card. */
  gpuPlausible: boolean;
}>;

/** What draws with one back end, once it is open. */
export type Drawer = Readonly<{
  /** `UNMASKED_RENDERER_WEBGL`. */
  renderer: string;
  close: () => Promise<void>;
}>;

/** How a back end is tried. */
export type BackendTrial<Opened extends Drawer> = Readonly<{
  machine: Machine;
  /**
   * Opens what draws with this back end's flags; it leaves nothing behind where it rejects.
   *
   * @throws BrowserError where no browser starts; RenderError where it has no WebGL2.
   */
  open: (backend: Backend, threadsPerBrowser: number) => Promise<Opened>;
  log: LogLine;
}>;

/** The machine that this runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    cores: availableParallelism(),
    gpuPlausible: gpuIsPlausible(),
  };
}

/**
 * Chooses the GL back end by drawing with it: a graphics card, else Mesa, else SwiftShader. A back end counts
 * only when the renderer's own name says that it is the one. What was opened to find out is handed over open:
 * a browser takes more than a second to start.
 *
 * @throws BrowserError where a back end that was asked for does not come up, or none does, with the
 *   names that were found.
 */
export async function chooseBackend<Opened extends Drawer>(
  request: BackendRequest,
  trial: BackendTrial<Opened>,
): Promise<Readonly<{ choice: BackendChoice; opened: Opened }>> {
  const { machine } = trial;
  if (request !== 'auto') {
    const outcome = await tryBackend(request, trial);
    if (outcome.ok) return chosen(request, outcome.opened, machine);
    const advice = outcome.started ? ` ${adviceFor(request)}` : '';
    throw new BrowserError(
      `back end "${request}": ${outcome.found}.${advice} Or leave the choice to --gl auto.`,
    );
  }
  const findings: string[] = [];
  let started = false;
  for (const backend of candidates(machine)) {
    const outcome = await tryBackend(backend, trial);
    if (outcome.ok) return chosen(backend, outcome.opened, machine);
    started ||= outcome.started;
    findings.push(`  ${backend}: ${outcome.found}`);
    trial.log(`back end ${backend} not used: ${outcome.found}`);
  }
  const what = started
    ? 'this browser has no WebGL2 with any back end'
    : 'this browser does not start with any back end';
  throw new BrowserError(
    `${what}:\n${findings.join('\n')}\n` +
      'Give another one with --browser, or run "diorama setup" to get one.',
  );
}

/** Whether a renderer's name is that of the back end. */
export function rendererMatches(backend: Backend, renderer: string): boolean {
  if (backend === 'mesa') return /llvmpipe/i.test(renderer);
  if (backend === 'swiftshader') return /swiftshader/i.test(renderer);
  return !isSoftware(renderer);
}

/** Workers and threads that were measured to be fastest for a back end (feasibility: GL back ends). */
export function backendDefaults(
  backend: Backend,
  cores: number,
): Readonly<{ workers: number; threadsPerBrowser: number }> {
  // A browser for each core, each drawing on one thread, beats one browser with threads by 23 %;
  // SwiftShader brings its own threads, and a graphics card is one device.
  return backend === 'mesa'
    ? { workers: Math.max(1, cores), threadsPerBrowser: 0 }
    : { workers: 1, threadsPerBrowser: 0 };
}

function chosen<Opened extends Drawer>(
  backend: Backend,
  opened: Opened,
  { cores }: Machine,
): Readonly<{ choice: BackendChoice; opened: Opened }> {
  const { renderer } = opened;
  return { choice: { backend, renderer, ...backendDefaults(backend, cores) }, opened };
}

function candidates({ gpuPlausible, platform }: Machine): readonly Backend[] {
  const gpu: readonly Backend[] = gpuPlausible ? ['gpu'] : [];
  const mesa: readonly Backend[] = platform === 'linux' ? ['mesa'] : [];
  return [...gpu, ...mesa, 'swiftshader'];
}

type Outcome<Opened> =
  Readonly<{ ok: true; opened: Opened }> | Readonly<{ ok: false; found: string; started: boolean }>;

async function tryBackend<Opened extends Drawer>(
  backend: Backend,
  { machine, open }: BackendTrial<Opened>,
): Promise<Outcome<Opened>> {
  try {
    const opened = await open(backend, backendDefaults(backend, machine.cores).threadsPerBrowser);
    if (rendererMatches(backend, opened.renderer)) return { ok: true, opened };
    await opened.close();
    return {
      ok: false,
      found: `another renderer came up, "${opened.renderer}"`,
      started: true,
    };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { ok: false, found, started: error instanceof RenderError };
  }
}

function adviceFor(backend: Backend): string {
  if (backend === 'mesa') return 'Install Mesa (on Debian: libegl1 libgl1-mesa-dri).';
  if (backend === 'gpu') return 'Check that the driver is installed and the device is readable.';
  return 'Run "diorama setup" for a browser that has SwiftShader.';
}

function gpuIsPlausible(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  if (existsSync('/dev/nvidia0')) return true;
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
}
