import { REVISION } from 'three';
import { RenderError } from '#shared/core/errors';
import { encodePacket } from '#shared/protocol/frame-packet';
import type { PacketPlace, PacketTarget } from '#shared/protocol/page-api';
import {
  PAGE_GLOBAL,
  type BareTimings,
  type GlReport,
  type PageApi,
  type PageFailure,
} from '#shared/protocol/page-api';
import type { FramePlan } from '#shared/plan/frame-plan';
import { loadPhysics } from '#shared/physics/engine';
import { dropsObjects } from '#shared/config/drops-objects';
import { sampleScene } from '#shared/sampling/sample-scene';
import { now } from './clock.ts';
import { FrameRenderer, type RenderedFrame } from './frame-renderer.ts';
import { probeGl } from './probe-gl.ts';
import { openPacketFiles, type PacketFiles } from './readback/packet-files.ts';
import { rendererName } from './renderer-name.ts';

/** Frames are drawn one after another; posting one overlaps with drawing the next. */
let drawing: Promise<unknown> = Promise.resolve();
let active: Readonly<{ frames: FrameRenderer; basePath: string }> | null = null;
let files: PacketFiles | null = null;

const api: PageApi = {
  protocol: 1,

  start({ basePath, assetBytes, readBack }) {
    const canvas = document.createElement('canvas');
    document.body.append(canvas);
    const frames = new FrameRenderer(canvas, { basePath, assetBytes, readBack });
    active = { frames, basePath };
    return Promise.resolve(reportGl(frames));
  },

  async openPacketFiles(marks) {
    try {
      files = await openPacketFiles(new URL('readback/packet-writer.js', import.meta.url), marks);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },

  async render(plan, target) {
    try {
      const { timings, assets, start, leaving } = await drawInTurn(plan, {}, async (frame) => {
        const { buffers, ...drawn } = frame;
        const start = now();
        const left = await leaveInFile(encodePacket(buffers), target.file);
        return { ...drawn, start, leaving: 'parts' in left ? post(left, target.ticket) : left };
      });
      const packet = await leaving;
      return { ok: true, timings: { ...timings, send: now() - start }, assets, packet };
    } catch (error) {
      return { ok: false, error: toFailure(error) };
    }
  },

  async renderBare(plan, { repeats, sync }) {
    const timings: BareTimings[] = [];
    for (let i = 0; i < repeats; i++) {
      timings.push(await drawInTurn(plan, { sync }, ({ timings }) => Promise.resolve(timings)));
    }
    return timings;
  },

  async sample({ frame, ...inputs }) {
    if (dropsObjects(inputs.config)) await loadPhysics();
    return JSON.stringify(sampleScene(inputs, frame));
  },

  probe() {
    return Promise.resolve(probeGl(requireStarted().frames.renderer));
  },
};

Object.defineProperty(globalThis, PAGE_GLOBAL, { value: api });

function requireStarted(): NonNullable<typeof active> {
  if (active) return active;
  throw new RenderError('internal', 'the page was asked to render before it was started');
}

/** A packet that no file took, and why, where there was one. */
type Unfiled = Readonly<{ parts: readonly Uint8Array<ArrayBuffer>[]; because: string | null }>;

async function leaveInFile(
  parts: Unfiled['parts'],
  file: PacketTarget['file'],
): Promise<PacketPlace | Unfiled> {
  if (files === null || file === null) return { parts, because: null };
  const written = await files.write(file, parts);
  return 'bytes' in written ? { bytesInFile: written.bytes } : written;
}

async function post({ parts, because }: Unfiled, ticket: string): Promise<PacketPlace> {
  const url = `${requireStarted().basePath}/packets/${ticket}`;
  const response = await fetch(url, { method: 'POST', body: new Blob([...parts]) });
  if (!response.ok)
    throw new RenderError('internal', `the server refused the frame: ${await response.text()}`);
  return { posted: true, because };
}

/**
 * Draws a frame after those before it, and uses it. Where its pixels arrive on their own, the
 * next frame is drawn meanwhile.
 */
async function drawInTurn<T>(
  plan: FramePlan,
  manner: Readonly<{ sync?: boolean }>,
  use: (frame: RenderedFrame) => Promise<T>,
): Promise<T> {
  const { frames } = requireStarted();
  const { result } = await queued(async () => {
    const { arrive } = await frames.draw(plan, manner);
    const result = arrive().then(use);
    if (frames.readBack === 'blocking') await result;
    return { result };
  });
  return result;
}

/**
 * Does a task once those before it are done. The page is blocked while it draws: before the next task begins, what
 * waits for the end of this one gets a turn, so that its answer leaves the page at once.
 */
function queued<T>(task: () => Promise<T>): Promise<T> {
  const result = drawing.then(task, task);
  drawing = result.catch(() => undefined).then(() => new Promise((next) => setTimeout(next, 0)));
  return result;
}

function toFailure(error: unknown): PageFailure {
  if (error instanceof RenderError) return { failure: error.failure, message: error.message };
  return {
    failure: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

function reportGl({ renderer, assetBytes, readBack }: FrameRenderer): GlReport {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const parameter = (name: number): number => gl.getParameter(name) as number;
  return {
    renderer: rendererName(gl),
    vendor: String(gl.getParameter(info ? info.UNMASKED_VENDOR_WEBGL : gl.VENDOR)),
    maxTextureSize: parameter(gl.MAX_TEXTURE_SIZE),
    maxColorAttachments: parameter(gl.MAX_COLOR_ATTACHMENTS),
    maxSamples: parameter(gl.MAX_SAMPLES),
    floatTargets: gl.getExtension('EXT_color_buffer_float') !== null,
    clipControl: gl.getExtension('EXT_clip_control') !== null,
    three: REVISION,
    assetBytes,
    readBack,
  };
}
