import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { BrowserError } from '#shared/core/errors';
import { readRendererString } from './renderer-string.ts';
import type {
  Backend,
  BackendRequest,
  FoundBrowser,
  LogLine,
  SandboxMode,
} from './browser-types.ts';

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
export type BackendContext = Readonly<{
  platform: string;
  cores: number;
  /** Whether there is a device that could be a graphics card. */
  gpuPlausible: boolean;
  /** What draws WebGL2 with this back end's flags; null: nothing does. Rejects where nothing starts. */
  readRenderer: (backend: Backend) => Promise<string | null>;
  log: LogLine;
}>;

export type ChooseOptions = Readonly<{
  browser: FoundBrowser;
  sandbox: SandboxMode;
  log: LogLine;
}>;

/** Names under which software draws. */
const SOFTWARE = /llvmpipe|softpipe|swiftshader|basic render|swrast|software/i;

/** The machine that this runs on. */
export function systemBackendContext(options: ChooseOptions): BackendContext {
  return {
    platform: process.platform,
    cores: availableParallelism(),
    gpuPlausible: gpuIsPlausible(),
    readRenderer: (backend) =>
      readRendererString({ browser: options.browser, sandbox: options.sandbox, backend }),
    log: options.log,
  };
}

/**
 * Chooses the GL back end by trying it: a graphics card, else Mesa, else SwiftShader. A back end counts
 * only when the renderer's own name says that it is the one.
 *
 * @throws BrowserError where a back end that was asked for does not come up, or none does, with the
 *   names that were found.
 */
export async function chooseBackend(
  request: BackendRequest,
  context: BackendContext,
): Promise<BackendChoice> {
  if (request !== 'auto') {
    const outcome = await tryBackend(request, context);
    if (outcome.ok) return withDefaults(request, outcome.renderer, context.cores);
    const advice = outcome.started ? ` ${adviceFor(request)}` : '';
    throw new BrowserError(
      `back end "${request}": ${outcome.found}.${advice} Or leave the choice to --gl auto.`,
    );
  }
  const findings: string[] = [];
  let started = false;
  for (const backend of candidates(context)) {
    const outcome = await tryBackend(backend, context);
    if (outcome.ok) return withDefaults(backend, outcome.renderer, context.cores);
    started ||= outcome.started;
    findings.push(`  ${backend}: ${outcome.found}`);
    context.log(`back end ${backend} not used: ${outcome.found}`);
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
  return !SOFTWARE.test(renderer);
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

function withDefaults(backend: Backend, renderer: string, cores: number): BackendChoice {
  return { backend, renderer, ...backendDefaults(backend, cores) };
}

function candidates(context: BackendContext): readonly Backend[] {
  const gpu: readonly Backend[] = context.gpuPlausible ? ['gpu'] : [];
  const mesa: readonly Backend[] = context.platform === 'linux' ? ['mesa'] : [];
  return [...gpu, ...mesa, 'swiftshader'];
}

type Outcome =
  | Readonly<{ ok: true; renderer: string }>
  | Readonly<{ ok: false; found: string; started: boolean }>;

async function tryBackend(backend: Backend, context: BackendContext): Promise<Outcome> {
  try {
    const renderer = await context.readRenderer(backend);
    if (renderer === null) return { ok: false, found: 'no WebGL2 context', started: true };
    return rendererMatches(backend, renderer)
      ? { ok: true, renderer }
      : { ok: false, found: `another renderer came up, "${renderer}"`, started: true };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { ok: false, found, started: false };
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
