import type { FramePlan } from '../plan/frame-plan.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { RenderFailure } from '../core/errors.ts';
import type { ReadBack } from './read-back.ts';

/** Name of the page's one global. Node calls its functions by name; nothing is stringified into the page. */
export const PAGE_GLOBAL = '__diorama';

/** What a WebGL2 context can do; `doctor` prints it. */
export type GlReport = Readonly<{
  renderer: string;
  vendor: string;
  maxTextureSize: number;
  maxColorAttachments: number;
  maxSamples: number;
  floatTargets: boolean;
  clipControl: boolean;
  three: string;
  /** The most that the page keeps of assets between frames, bytes on the GPU. */
  assetBytes: number;
  readBack: ReadBack;
}>;

/** Milliseconds of each step; apart from the frame's data, which no clock may touch. */
export type FrameTimings = Readonly<
  Record<'scene' | 'label' | 'silhouettes' | 'color' | 'readback' | 'send', number>
>;

/** {@link FrameTimings} of a frame that is not sent. */
export type BareTimings = Omit<FrameTimings, 'send'>;

/**
 * How a frame is drawn that is not sent: how often, and whether the GPU is waited for after each step, so that each
 * has its own time; a frame that is sent does not wait.
 */
export type BareManner = Readonly<{ repeats: number; sync: boolean }>;

/** What a frame used of assets, and what is kept after it; bytes on the GPU. */
export type AssetUse = Readonly<{
  /** Models, images, shapes, …: things that are kept after the frame. */
  entries: number;
  bytes: number;
  /** All that the frame used. */
  frameBytes: number;
  /** Things that were let go of after the frame. */
  evicted: number;
  /** What of these the frame itself had used: it took more than is kept. */
  spilledBytes: number;
  /** What three.js has on the GPU after the frame, the passes' own included. */
  geometries: number;
  textures: number;
  programs: number;
}>;

/** An error as it crosses from page to Node. */
export type PageFailure = Readonly<{ failure: RenderFailure; message: string }>;

/** Where a page leaves a frame's packet. */
export type PacketTarget = Readonly<{
  /** It is posted to `<basePath>/packets/<ticket>`, unless a file takes it. */
  ticket: string;
  /** The packet file that it is written to; null: none is free. */
  file: number | null;
}>;

/** Where a packet went: its bytes in the file, or why the file did not take it, where there was one. */
export type PacketPlace = Readonly<
  { bytesInFile: number } | { posted: true; because: string | null }
>;

export type RenderReply =
  | Readonly<{ ok: true; timings: FrameTimings; assets: AssetUse; packet: PacketPlace }>
  | Readonly<{ ok: false; error: PageFailure }>;

/** What a frame is sampled from, in the page as in Node. */
export type SampleInput = RunInputs & Readonly<{ frame: number }>;

/** What the page installs under {@link PAGE_GLOBAL}. Arguments and results are plain JSON. */
export interface PageApi {
  readonly protocol: 1;
  /**
   * Creates the renderer; must be called once, first. `basePath`: the server's prefix with its token;
   * `assetBytes`: the most that is kept of assets between frames; `readBack`: how pixels are read back; what suits
   * the renderer where they are left out.
   */
  start(
    options: Readonly<{
      basePath: string;
      assetBytes?: number | undefined;
      readBack?: ReadBack | undefined;
    }>,
  ): Promise<GlReport>;
  /**
   * Opens a packet file for each mark in the page's origin private file system, and writes the mark into it, ASCII,
   * so that it can be told in the browser's profile. Says why it cannot; null: it did.
   */
  openPacketFiles(marks: readonly string[]): Promise<string | null>;
  /** Renders a frame; its packet is in the file, or has been posted, before it resolves. */
  render(plan: FramePlan, target: PacketTarget): Promise<RenderReply>;
  /** Renders a frame without moving bytes. */
  renderBare(plan: FramePlan, manner: BareManner): Promise<readonly BareTimings[]>;
  /** The sample of a frame as the page draws it; the parity test compares it with Node's. */
  sample(input: SampleInput): Promise<string>;
  /** Reads back a known pattern: milliseconds for the shader compile and for 1 MiB of read-back. */
  probe(): Promise<Readonly<{ compileMs: number; readbackMsPerMiB: number; exact: boolean }>>;
}
