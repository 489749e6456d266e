import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planCheckFrame } from '#node/browser/check-frame';
import { processTree } from '#node/browser/process-tree';
import type { ProcessEntry } from '#node/browser/process-tree';

/** Frames that make the fake page misbehave; every other frame is rendered. */
export const MISBEHAVE = {
  hang: 900,
  loseContext: 901,
  throwError: 902,
  shortPacket: 903,
  silent: 904,
};

/**
 * A page with the real protocol and no renderer: a frame's colour bytes are its number, its depth is 1.
 * Written as the browser runs it.
 */
const MAIN = `
import { answer } from 'three';
let base = '';
const gl = document.createElement('canvas').getContext('webgl2');
const packet = (plan) => {
  const { width, height } = plan.size;
  const pixels = width * height;
  const colors = plan.frame === 903 ? pixels - 1 : pixels * 4;
  const text = JSON.stringify({
    width,
    height,
    sections: {
      depth: ['f32', 0, pixels],
      instanceId: ['u16', pixels * 4, pixels],
      color: ['u8', pixels * 6, colors],
    },
    silhouettes: null,
  });
  const directory = text.padEnd(Math.ceil(text.length / 8) * 8);
  return new Blob([
    new Uint32Array([0x324f4944, directory.length, 0, 0]),
    directory,
    new Float32Array(pixels).fill(1),
    new Uint16Array(pixels),
    new Uint8Array(colors).fill(plan.frame),
  ]);
};
globalThis.__diorama = {
  protocol: 1,
  async start(options) {
    base = options.basePath;
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    return {
      renderer: gl.getParameter(info.UNMASKED_RENDERER_WEBGL), vendor: '', maxTextureSize: 1,
      maxColorAttachments: 4, maxSamples: 4, floatTargets: true, clipControl: true, three: answer,
      assetBytes: 0,
      readBack: 'blocking',
    };
  },
  async openPacketFiles() { return 'it has none'; },
  async render(plan, { ticket }) {
    if (plan.frame === 900) await fetch(base + '/resources/never');
    if (plan.frame === 901) {
      console.error('context lost, says the page');
      return { ok: false, error: { failure: 'lost', message: 'webglcontextlost' } };
    }
    if (plan.frame === 902) throw new TypeError('a bug in the page');
    if (plan.frame !== 904) {
      await fetch(base + '/packets/' + ticket, { method: 'POST', body: packet(plan) });
    }
    const timings = { scene: 0, label: 0, silhouettes: 0, color: 0, readback: 0, send: 0 };
    const assets = {
      entries: 0, bytes: 0, frameBytes: 0, evicted: 0, spilledBytes: 0, geometries: 0, textures: 0, programs: 0,
    };
    return { ok: true, timings, assets, packet: { posted: true, because: null } };
  },
  async probe() { return { compileMs: 1, readbackMsPerMiB: 1, exact: true }; },
};
`;

/** A folder with the fake page, and how to remove it. */
export async function makeFakePage(): Promise<{ pageRoot: string; remove: () => Promise<void> }> {
  const pageRoot = await mkdtemp(join(tmpdir(), 'diorama-fake-page-'));
  await writeFile(join(pageRoot, 'main.js'), MAIN);
  await writeFile(join(pageRoot, 'three.js'), `export const answer = '187';`);
  return { pageRoot, remove: () => rm(pageRoot, { recursive: true }) };
}

/** A plan that differs from the check frame by its number and, if said, its size. */
export function makePlan(frame: number, size = { width: 64, height: 48 }): FramePlan {
  return { ...planCheckFrame(), frame, size };
}

/** Chromium processes below this one; `--type=renderer` and so on picks a kind. */
export function ownChromium(argument = ''): readonly ProcessEntry[] {
  return processTree(process.pid).filter((entry) => {
    const command = commandLine(entry.pid);
    return /chrom/i.test(command.split('\0', 1)[0] ?? '') && command.includes(argument);
  });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
