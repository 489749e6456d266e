import { performance } from 'node:perf_hooks';
import type { Page } from 'puppeteer';
import type { GBuffers } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { decodePacket } from '#shared/protocol/frame-packet';
import { PAGE_GLOBAL } from '#shared/protocol/page-api';
import type { ReadBack } from '#shared/protocol/read-back';
import type {
  AssetUse,
  BareManner,
  BareTimings,
  FrameTimings,
  GlReport,
  SampleInput,
} from '#shared/protocol/page-api';
import type { PageServer } from '../server/page-server.ts';
import type { LogLine } from './browser-types.ts';
import { frameTimeoutMs } from './frame-timeout.ts';
import { expectPacket } from './expect-packet.ts';
import { openPacketFiles } from './packet-files.ts';
import type { PacketFiles } from './packet-files.ts';
import { createPageCaller, withPageErrors } from './page-call.ts';
import type { PageCaller } from './page-call.ts';
import { watchPage } from './page-log.ts';
import type { PageLog } from './page-log.ts';
import {
  readBareTimes,
  readGlReport,
  readProbe,
  readReason,
  readRenderReply,
  readText,
} from './reply-shapes.ts';
import type { ProbeReport } from './reply-shapes.ts';

/** A rendered frame as it came over the wire. */
export type RenderedFrame = Readonly<{
  /** Nothing else uses its memory until the pool is told to `recycle` it. */
  packet: Uint8Array<ArrayBuffer>;
  /** What is in the packet, in its memory. */
  buffers: GBuffers;
  timings: FrameTimings;
  assets: AssetUse;
  /** When the page said that it had sent the frame, by `performance.now()`. */
  answeredMs: number;
}>;

/** The page, typed. Every method throws a RenderError. Frames are drawn one at a time. */
export type PageClient = Readonly<{
  report: GlReport;
  /** `onDrawn` is called when the frame's packet lies in its file or begins to arrive: the page is free to draw. */
  render: (plan: FramePlan, onDrawn?: () => void) => Promise<RenderedFrame>;
  /** Milliseconds of the steps of each of a frame's renders that move no bytes. */
  renderBare: (plan: FramePlan, manner: BareManner) => Promise<readonly BareTimings[]>;
  /** The sample of a frame as the page draws it, as JSON. */
  sample: (input: SampleInput) => Promise<string>;
  probe: () => Promise<ProbeReport>;
}>;

export type PageClientOptions = Readonly<{
  page: Page;
  server: PageServer;
  /** The browser's profile, for packets to come through files in it. */
  profile: string;
  /** Told once where packets come another way. */
  tell: LogLine;
  /** Longest time of one call, and of a frame that is not large; see `frameTimeoutMs`. */
  timeoutMs: number;
  /** The most that the page keeps of assets between frames; what suits its renderer where it is left out. */
  assetBytes?: number | undefined;
  /** How the page reads pixels back; as suits its renderer where it is left out. */
  readBack?: ReadBack | undefined;
}>;

const EXPECTED_PROTOCOL = 1;

/**
 * Opens the renderer's page and starts it.
 *
 * @throws RenderError where the page does not load, speaks another protocol or has no WebGL2.
 */
export async function openPageClient(options: PageClientOptions): Promise<PageClient> {
  const { page, server, timeoutMs, assetBytes, readBack } = options;
  const visit = server.admit();
  const log = watchPage(page, visit);
  const caller = createPageCaller(page, log);
  await loadPage(visit.url, { page, log, caller, timeoutMs });
  const found = await caller.evaluate(`globalThis.${PAGE_GLOBAL}?.protocol ?? null`, timeoutMs);
  if (found !== EXPECTED_PROTOCOL) {
    const text = `page protocol: expected ${EXPECTED_PROTOCOL}, got ${JSON.stringify(found)}. Run "npm run build".`;
    throw new RenderError('internal', withPageErrors(text, log));
  }
  const report = readGlReport(
    await caller.call('start', [{ basePath: visit.basePath, assetBytes, readBack }], timeoutMs),
  );
  const tell = once(options.tell);
  const files = await findPacketFiles(options, caller);
  if (typeof files === 'string') tell(postsBecause(files));
  const context = { caller, log, server, timeoutMs, tell };
  return {
    report,
    render: (plan, onDrawn) =>
      renderFrame(plan, { ...context, files: typeof files === 'string' ? null : files, onDrawn }),
    renderBare: async (plan, manner) =>
      readBareTimes(
        await caller.call(
          'renderBare',
          [plan, manner],
          frameTimeoutMs(plan, timeoutMs) * Math.max(1, manner.repeats),
        ),
        manner.repeats,
      ),
    sample: async (input) => readText('sample', await caller.call('sample', [input], timeoutMs)),
    probe: async () => readProbe(await caller.call('probe', [], timeoutMs)),
  };
}

/** Status of the answer that the document came with; PerformanceNavigationTiming of Navigation Timing. */
const DOCUMENT_STATUS = `performance.getEntriesByType('navigation')[0]?.responseStatus ?? null`;

type LoadContext = Readonly<{ page: Page; caller: PageCaller; log: PageLog; timeoutMs: number }>;

async function loadPage(url: string, context: LoadContext): Promise<void> {
  const { page, caller, log, timeoutMs } = context;
  try {
    await page.goto(url, { waitUntil: 'load', timeout: timeoutMs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const kind = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'lost';
    throw new RenderError(kind, notLoaded(reason, log), { cause: error });
  }
  const status = await caller.evaluate(DOCUMENT_STATUS, timeoutMs);
  if (status !== 200) {
    throw new RenderError('lost', notLoaded(`expected status 200, got ${String(status)}`, log));
  }
}

function notLoaded(reason: string, log: PageLog): string {
  return withPageErrors(`the page did not load: ${log.hide(reason)}`, log);
}

function findPacketFiles(
  { server: { memory }, profile, timeoutMs }: PageClientOptions,
  caller: PageCaller,
): Promise<PacketFiles | string> {
  return openPacketFiles({ profile, memory }, async (marks) =>
    readReason('openPacketFiles', await caller.call('openPacketFiles', [marks], timeoutMs)),
  );
}

const postsBecause = (reason: string): string =>
  `frames are posted to the server, which takes longer than files of the browser's: ${reason}`;

/** Each frame would say the same. */
function once(tell: LogLine): LogLine {
  let told = false;
  return (line) => {
    if (!told) tell(line);
    told = true;
  };
}

type RenderContext = Readonly<{
  caller: PageCaller;
  log: PageLog;
  server: PageServer;
  files: PacketFiles | null;
  tell: LogLine;
  timeoutMs: number;
  onDrawn: (() => void) | undefined;
}>;

async function renderFrame(plan: FramePlan, context: RenderContext): Promise<RenderedFrame> {
  const { caller, log, server, files, tell, timeoutMs, onDrawn } = context;
  const coming = expectPacket(plan, { server, files, onBegin: onDrawn });
  let answered = false;
  try {
    const patienceMs = frameTimeoutMs(plan, timeoutMs);
    const reply = readRenderReply(await caller.call('render', [plan, coming.target], patienceMs));
    const answeredMs = performance.now();
    answered = true;
    if (!reply.ok) {
      const text = log.hide(reply.error.message);
      throw new RenderError(reply.error.failure, withPageErrors(text, log));
    }
    const { timings, assets, packet: place } = reply;
    if ('bytesInFile' in place) onDrawn?.();
    else if (place.because !== null) tell(postsBecause(place.because));
    const packet = await coming.take(place).catch((cause: unknown) => {
      if (!(cause instanceof RenderError)) throw cause;
      const text = `frame ${plan.frame}: the page reported a frame, but ${cause.message}`;
      throw new RenderError(cause.failure, withPageErrors(text, log), { cause });
    });
    // A packet that is none fails here, where the page's log is at hand.
    return { packet, buffers: decodePacket(packet), timings, assets, answeredMs };
  } finally {
    coming.release(answered);
  }
}
