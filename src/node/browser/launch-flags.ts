import type { Backend, Environment, FoundBrowser } from './browser-types.ts';
import { withLibraryPath } from './browser-version.ts';

/**
 * A port of this machine on which nothing listens and which only root could take: whatever is sent
 * there is refused at once.
 */
const DEAD_PROXY = 'http://127.0.0.1:1';

/** Flags of every launch: steady rendering, exact colours, no traffic of the browser's own. */
const STEADY_FLAGS: readonly string[] = [
  '--disable-gpu-watchdog',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--force-color-profile=srgb',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-extensions',
  '--mute-audio',
];

/**
 * V8 keeps what it has compiled by its text, whatever the text's length and age, and a call into the page is a
 * text with a plan in it: each would stay for as long as the page does, twice.
 */
const SCRIPT_FLAGS: readonly string[] = ['--js-flags=--no-compilation-cache'];

/**
 * The network fence (docs/adr/0005-network-fence.md): every request goes to a proxy that refuses it,
 * except those to one port of 127.0.0.1; no name resolves.
 *
 * `<-loopback>` first takes away Chromium's own exception for all of loopback; rules that follow it win.
 *
 * @param port the only port that the page may reach; undefined: none.
 */
export function fenceFlags(port: number | undefined): readonly string[] {
  const exceptions = port === undefined ? '<-loopback>' : `<-loopback>;127.0.0.1:${port}`;
  return [
    `--proxy-server=${DEAD_PROXY}`,
    `--proxy-bypass-list=${exceptions}`,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    // Peer connections send UDP past any proxy unless told otherwise.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--dns-prefetch-disable',
  ];
}

/** Flags that choose the GL back end. */
export function backendFlags(backend: Backend, platform: string): readonly string[] {
  if (backend === 'swiftshader') {
    return ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  }
  if (backend === 'mesa') return ['--use-gl=angle', '--use-angle=gl-egl'];
  if (platform === 'darwin') return ['--enable-gpu', '--use-gl=angle', '--use-angle=metal'];
  if (platform === 'win32') return ['--enable-gpu', '--use-gl=angle', '--use-angle=d3d11'];
  return ['--enable-gpu', '--use-gl=angle', '--use-angle=gl-egl'];
}

export type FlagOptions = Readonly<{
  backend: Backend;
  platform: string;
  sandboxed: boolean;
  loopbackPort: number | undefined;
}>;

/** The whole command line, less what Puppeteer adds. */
export function launchFlags(options: FlagOptions): readonly string[] {
  return [
    ...STEADY_FLAGS,
    ...SCRIPT_FLAGS,
    ...backendFlags(options.backend, options.platform),
    ...fenceFlags(options.loopbackPort),
    ...(options.sandboxed ? [] : ['--no-sandbox']),
  ];
}

/**
 * Longest `TMPDIR` in bytes under which Chromium can make its socket. A socket's path has at most 104
 * bytes (macOS; 108 on Linux, unix(7)); `/org.chromium.Chromium.XXXXXX/SingletonSocket` and the end mark
 * take 46 of them.
 */
const MAX_TEMPORARY_BYTES = 58;

/** Chromium ends at once where its temporary folder is too deep for a socket: there it gets the system's. */
function withShortTemporary(env: Environment): Environment {
  const folder = env['TMPDIR'] ?? '';
  return new TextEncoder().encode(folder).length > MAX_TEMPORARY_BYTES
    ? { ...env, TMPDIR: '/tmp' }
    : env;
}

/**
 * The browser's environment. Without `DISPLAY` Mesa draws with no X server. `LP_NUM_THREADS=0` lets
 * llvmpipe draw on the calling thread: with one browser for each core that is faster than threads. An
 * inherited Vulkan driver list keeps SwiftShader from starting.
 *
 * @param threads llvmpipe's threads for this browser.
 */
export function launchEnvironment(
  env: Environment,
  options: Readonly<{ backend: Backend; browser: FoundBrowser; threads: number }>,
): Environment {
  const { libraryPath } = options.browser;
  const base = withShortTemporary(libraryPath === null ? env : withLibraryPath(env, libraryPath));
  const omitted =
    options.backend === 'swiftshader'
      ? ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'DISPLAY', 'WAYLAND_DISPLAY']
      : ['DISPLAY', 'WAYLAND_DISPLAY'];
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !omitted.includes(name)));
  return options.backend === 'mesa' ? { ...kept, LP_NUM_THREADS: String(options.threads) } : kept;
}
