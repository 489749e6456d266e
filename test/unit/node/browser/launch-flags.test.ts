import { describe, expect, it } from 'vitest';
import { BrowserError } from '#shared/core/errors';
import { sandboxIsOn } from '#node/browser/launch-browser';
import {
  backendFlags,
  fenceFlags,
  launchEnvironment,
  launchFlags,
} from '#node/browser/launch-flags';
import type { FoundBrowser } from '#node/browser/browser-types';

const browser: FoundBrowser = {
  path: '/usr/bin/chromium',
  source: 'system',
  version: 'Chromium 156.0',
  headlessShell: false,
  libraryPath: null,
};

describe('fence', () => {
  it('bypasses the dead proxy for one port of 127.0.0.1 alone', () => {
    expect(fenceFlags(4321)).toContain('--proxy-bypass-list=<-loopback>;127.0.0.1:4321');
    expect(fenceFlags(4321)).toContain('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
  });

  it('bypasses it for nothing without a port', () => {
    expect(fenceFlags(undefined)).toContain('--proxy-bypass-list=<-loopback>');
  });
});

describe('back ends', () => {
  it('have their flags', () => {
    expect(backendFlags('mesa', 'linux')).toEqual(['--use-gl=angle', '--use-angle=gl-egl']);
    expect(backendFlags('swiftshader', 'linux')).toContain('--enable-unsafe-swiftshader');
    expect(backendFlags('gpu', 'darwin')).toContain('--use-angle=metal');
    expect(backendFlags('gpu', 'win32')).toContain('--use-angle=d3d11');
  });
});

describe('sandbox', () => {
  const flags = { backend: 'mesa', platform: 'linux', loopbackPort: 1 } as const;

  it('is given up only as root or when told', () => {
    expect(sandboxIsOn('auto', { userId: 0, env: {} })).toBe(false);
    expect(sandboxIsOn('auto', { userId: 1000, env: {} })).toBe(true);
    expect(sandboxIsOn('off', { userId: 1000, env: {} })).toBe(false);
    expect(sandboxIsOn('on', { userId: 0, env: {} })).toBe(true);
  });

  it('notices that Puppeteer is told to drop it', () => {
    const env = { PUPPETEER_DANGEROUS_NO_SANDBOX: 'true' };
    expect(sandboxIsOn('auto', { userId: 1000, env })).toBe(false);
    expect(() => sandboxIsOn('on', { userId: 1000, env })).toThrow(BrowserError);
  });

  it('decides --no-sandbox', () => {
    expect(launchFlags({ ...flags, sandboxed: true })).not.toContain('--no-sandbox');
    expect(launchFlags({ ...flags, sandboxed: false })).toContain('--no-sandbox');
  });
});

describe('environment', () => {
  const env = { DISPLAY: ':0', WAYLAND_DISPLAY: 'w', VK_ICD_FILENAMES: '/icd', KEPT: 'yes' };

  it('for Mesa: no display, and the threads', () => {
    expect(launchEnvironment(env, { backend: 'mesa', browser, threads: 0 })).toEqual({
      VK_ICD_FILENAMES: '/icd',
      KEPT: 'yes',
      LP_NUM_THREADS: '0',
    });
  });

  it('for SwiftShader: no Vulkan drivers of others', () => {
    const found = launchEnvironment(env, { backend: 'swiftshader', browser, threads: 4 });
    expect(found).toEqual({ KEPT: 'yes' });
  });

  it('does not hand on a temporary folder that is too deep for a socket', () => {
    const given = (TMPDIR: string) =>
      launchEnvironment({ TMPDIR }, { backend: 'swiftshader', browser, threads: 0 })['TMPDIR'];
    const deepest = `/tmp/${'x'.repeat(53)}`;
    expect(given(deepest)).toBe(deepest);
    expect(given(`${deepest}x`)).toBe('/tmp');
    expect(given(`/tmp/${'é'.repeat(27)}`)).toBe('/tmp');
    expect(launchEnvironment({}, { backend: 'swiftshader', browser, threads: 0 })).toEqual({});
  });

  it('puts bundled libraries first', () => {
    const bundled = { ...browser, libraryPath: '/cache/lib' };
    const found = launchEnvironment(
      { LD_LIBRARY_PATH: '/mine' },
      { backend: 'swiftshader', browser: bundled, threads: 0 },
    );
    expect(found['LD_LIBRARY_PATH']).toBe('/cache/lib:/mine');
  });
});
