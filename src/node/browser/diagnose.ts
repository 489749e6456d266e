import { BYTES_PER_MIB } from '#shared/protocol/asset-budget';
import type { GlReport } from '#shared/protocol/page-api';
import { findOwnPackage } from '../server/package-root.ts';
import { backendDefaults, thisMachine } from './choose-backend.ts';
import { findCheckFrameFaults, planCheckFrame } from './check-frame.ts';
import { findBrowser } from './find-browser.ts';
import { satisfiesMinimum } from './node-range.ts';
import { openPool } from './page-pool.ts';
import type { PagePool } from './page-pool.ts';
import type { ProbeReport } from './reply-shapes.ts';
import type { Backend, BackendRequest, FoundBrowser, SandboxMode } from './browser-types.ts';

/** One thing that was looked at. */
export type Finding = Readonly<{
  name: 'node' | 'browser' | 'sandbox' | 'renderer' | 'defaults' | 'limits' | 'speed' | 'frame';
  state: 'ok' | 'warning' | 'failed';
  detail: string;
  /** What to do, where something is. */
  advice?: string | undefined;
}>;

/** The state of this machine, for people and for programs. */
export type Diagnosis = Readonly<{
  healthy: boolean;
  findings: readonly Finding[];
  browser: FoundBrowser | null;
  gl: GlReport | null;
  probe: ProbeReport | null;
}>;

export type DiagnoseOptions = Readonly<{
  browserPath?: string | undefined;
  backend: BackendRequest;
  sandbox: SandboxMode;
  pageRoot?: string | undefined;
}>;

const SETUP = 'Run "diorama setup".';

/**
 * Looks at everything that a render needs, up to a frame whose labels are known on paper. Faults are
 * findings; it does not throw for them.
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const findings: Finding[] = [await examineNode()];
  const browser = await examineBrowser(options, findings);
  let gl: GlReport | null = null;
  let probe: ProbeReport | null = null;
  if (browser !== null) {
    const passedOver: string[] = [];
    try {
      const pool = await openPool({
        ...options,
        browser,
        workers: 1,
        resolveResource: () => Promise.resolve(null),
        log: (line) => passedOver.push(line),
      });
      try {
        gl = pool.report;
        findings.push(...describePool(pool, passedOver));
        probe = await pool.run((client) => client.probe());
        findings.push(describeProbe(probe), await examineFrame(pool));
      } finally {
        await pool.close();
      }
    } catch (error) {
      findings.push({ name: 'renderer', state: 'failed', detail: reasonOf(error) });
    }
  }
  const healthy = findings.every((finding) => finding.state !== 'failed');
  return { healthy, findings, browser, gl, probe };
}

async function examineNode(): Promise<Finding> {
  const { nodeRange } = await findOwnPackage();
  const found = process.versions.node;
  return satisfiesMinimum(found, nodeRange)
    ? { name: 'node', state: 'ok', detail: `Node ${found} (needs ${nodeRange})` }
    : {
        name: 'node',
        state: 'failed',
        detail: `expected Node ${nodeRange}, found ${found}`,
        advice: 'Install a newer Node.',
      };
}

async function examineBrowser(
  options: DiagnoseOptions,
  findings: Finding[],
): Promise<FoundBrowser | null> {
  try {
    const { browser, rejected } = await findBrowser(options.browserPath);
    for (const { path, reason } of rejected) {
      const detail = `passed over ${path}, which does not run: ${reason}`;
      findings.push({ name: 'browser', state: 'warning', detail, advice: 'Repair or remove it.' });
    }
    findings.push(
      browser === null
        ? { name: 'browser', state: 'failed', detail: 'no Chrome or Chromium found', advice: SETUP }
        : {
            name: 'browser',
            state: 'ok',
            detail: `${browser.version} at ${browser.path} (${browser.source})`,
          },
    );
    return browser;
  } catch (error) {
    findings.push({ name: 'browser', state: 'failed', detail: reasonOf(error) });
    return null;
  }
}

function describePool(pool: PagePool, passedOver: readonly string[]): readonly Finding[] {
  const { report, renderer, sandboxed } = pool;
  const kind = renderer.backend === 'gpu' ? 'a graphics card' : 'software, on the CPU';
  const detail = `${renderer.backend}: ${report.renderer} (${kind})`;
  const slow = renderer.backend === 'swiftshader' && process.platform === 'linux';
  const advice = 'Mesa draws 3.5 to 4.5 times faster: install libegl1 and libgl1-mesa-dri.';
  return [
    sandboxed
      ? { name: 'sandbox', state: 'ok', detail: 'on' }
      : {
          name: 'sandbox',
          state: 'warning',
          detail: 'off: a hostile asset that breaks out of the page has the rights of this user',
          advice: 'Run as a user other than root.',
        },
    ...passedOver.map((line) => ({ name: 'renderer', state: 'warning', detail: line }) as const),
    slow
      ? { name: 'renderer', state: 'warning', detail, advice }
      : { name: 'renderer', state: 'ok', detail },
    describeDefaults(renderer.backend, thisMachine().cores),
    describeLimits(report),
  ];
}

/** What a run does on this machine unless it is told otherwise. */
export function describeDefaults(backend: Backend, cores: number): Finding {
  const { workers, threadsPerBrowser } = backendDefaults(backend, cores);
  const processes = `${workers} ${workers === 1 ? 'browser' : 'browsers side by side'} (--workers)`;
  const threads = {
    mesa:
      threadsPerBrowser === 0
        ? 'each drawing on one thread'
        : `each drawing on ${threadsPerBrowser} threads`,
    swiftshader: "with SwiftShader's own threads",
    gpu: 'on the one card',
  }[backend];
  const samples =
    backend === 'gpu'
      ? 'colour with 4 samples a pixel (render.antialias: msaa4)'
      : 'colour with 4 samples a pixel, which `render.antialias: none` about halves the time of';
  return { name: 'defaults', state: 'ok', detail: `${processes}, ${threads}; ${samples}` };
}

/** The label pass writes three targets, one of them float32. */
const TARGETS_NEEDED = 3;

function describeLimits(report: GlReport): Finding {
  const detail =
    `textures up to ${report.maxTextureSize} px, ${report.maxColorAttachments} targets, ` +
    `${report.maxSamples}x MSAA, float targets ${report.floatTargets ? 'yes' : 'no'}, ` +
    `clip control ${report.clipControl ? 'yes' : 'no'}, three ${report.three}, ` +
    `${report.assetBytes / BYTES_PER_MIB} MiB of assets kept, ` +
    (report.readBack === 'fenced'
      ? 'pixels read back while the next frame is drawn'
      : 'pixels read back before the next frame is drawn');
  const enough = report.floatTargets && report.maxColorAttachments >= TARGETS_NEEDED;
  return enough
    ? { name: 'limits', state: 'ok', detail }
    : {
        name: 'limits',
        state: 'failed',
        detail: `expected float targets and at least ${TARGETS_NEEDED} targets; found ${detail}`,
        advice: 'Choose another back end with --gl.',
      };
}

function describeProbe(probe: ProbeReport): Finding {
  const detail =
    `shader compile ${probe.compileMs.toFixed(0)} ms, ` +
    `read-back ${probe.readbackMsPerMiB.toFixed(2)} ms for each MiB`;
  return probe.exact
    ? { name: 'speed', state: 'ok', detail }
    : {
        name: 'speed',
        state: 'failed',
        detail: `a known pattern did not read back exactly; ${detail}`,
        advice: 'Choose another back end with --gl, or another browser.',
      };
}

async function examineFrame(pool: PagePool): Promise<Finding> {
  const { buffers } = await pool.run((client) => client.render(planCheckFrame()));
  const faults = findCheckFrameFaults(buffers);
  return faults.length === 0
    ? {
        name: 'frame',
        state: 'ok',
        detail: 'a known frame has the mask, depth and box of its closed form',
      }
    : {
        name: 'frame',
        state: 'failed',
        detail: faults.join('; '),
        advice: 'Choose another back end with --gl, or another browser, and report this.',
      };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
