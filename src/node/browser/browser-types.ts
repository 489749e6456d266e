import type { RendererInfo } from '#shared/formats/dataset-manifest';

/** How WebGL reaches pixels: a graphics card, Mesa's llvmpipe on the CPU, or Chromium's SwiftShader. */
export type Backend = RendererInfo['backend'];

/** What a user may ask for. `auto` takes the fastest that is there. */
export type BackendRequest = Backend | 'auto';

/** Where a browser was found. */
export type BrowserSource =
  | 'flag'
  | 'DIORAMA_BROWSER'
  | 'PUPPETEER_EXECUTABLE_PATH'
  | 'diorama-cache'
  | 'puppeteer-cache'
  | 'system';

/** A browser that runs. */
export type FoundBrowser = Readonly<{
  path: string;
  source: BrowserSource;
  /** As the browser says it, such as `Chromium 156.0.8078.79`. */
  version: string;
  /** True for the build without a window system; Puppeteer starts it with `headless: 'shell'`. */
  headlessShell: boolean;
  /** Folder of shared libraries that it needs on `LD_LIBRARY_PATH`; null where the system has them. */
  libraryPath: string | null;
}>;

/** Whether Chromium's own sandbox is used. `auto`: on, except as root, where Chromium refuses to. */
export type SandboxMode = 'auto' | 'on' | 'off';

/** Receives one line of progress; only the command line prints. */
export type LogLine = (line: string) => void;

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;
