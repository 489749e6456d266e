import type { WebGLRenderer, WebGLRenderTarget } from 'three';
import type { GBuffers, NeighbourBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import { rawChannels } from '#shared/protocol/frame-packet';
import type { SensedFrame } from '../sensor/sensor-pass.ts';
import type { Arriving, PixelReads } from './pixel-reads.ts';

/** One attachment of the bound target as the driver likes to hand it out. */
type Layout = Readonly<{ format: number; type: number }>;

/**
 * Reads a frame's buffers. Every target already holds its rows from the top: the passes that write them
 * turn the image over, so that no row is moved here.
 */
export function readFrame(
  { renderer, reads }: Reader,
  plan: FramePlan,
  { labels, sensed }: Readonly<{ labels: WebGLRenderTarget; sensed: SensedFrame }>,
): Arriving<GBuffers> {
  const { image, raw, meter } = sensed;
  const { width, height } = image;
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const color = new Uint8Array(width * height * 4);
  renderer.setRenderTarget(image);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  reads.read(image, { format: gl.RGBA, type: gl.UNSIGNED_BYTE }, color);
  const captured = raw && readFloats({ renderer, reads }, raw, rawChannels(plan));
  const metered = meter && readFloats({ renderer, reads }, meter, 1);
  renderer.setRenderTarget(labels);
  const size = { width, height };
  const ids = readIds({ gl, reads }, size, plan.parts !== undefined);
  const depth = readDepth({ gl, reads }, size);
  const normal = plan.labels.normals ? readNormals({ gl, reads }, size) : null;
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  return () => {
    const { instanceId, partId } = ids();
    const exposure = metered?.()[0];
    return {
      width,
      height,
      color,
      ...(captured && { raw: captured() }),
      ...(typeof exposure === 'number' && { metered: exposure }),
      instanceId,
      ...(partId && { partId }),
      depth: depth(),
      ...(normal && { normal: normal() }),
    };
  };
}

/** What reads targets of three's. */
export type Reader = Readonly<{ renderer: WebGLRenderer; reads: PixelReads }>;

/** What reads attachments of the target that is bound. */
type BoundReader = Readonly<{ gl: WebGL2RenderingContext; reads: PixelReads }>;

/** The first channels of a target of floats. */
function readFloats(
  { renderer, reads }: Reader,
  target: WebGLRenderTarget,
  channels: 1 | 3,
): Arriving<Float32Array> {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  renderer.setRenderTarget(target);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  const wide = new Float32Array(target.width * target.height * 4);
  reads.read(target, { format: gl.RGBA, type: gl.FLOAT }, wide);
  return () => {
    const values = new Float32Array((wide.length / 4) * channels);
    for (let i = 0; i < values.length; i++) {
      values[i] = wide[Math.floor(i / channels) * 4 + (i % channels)] as number;
    }
    return values;
  };
}

/** Ids and planar depth alone of a label target, which may be larger: what a neighbour of a frame shows. */
export function readNeighbour(
  { renderer, reads }: Reader,
  labels: WebGLRenderTarget,
  size: Extent,
): Arriving<NeighbourBuffers> {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  renderer.setRenderTarget(labels);
  const ids = readIds({ gl, reads }, size, false);
  const depth = readDepth({ gl, reads }, size);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  return () => ({ instanceId: ids().instanceId, depth: depth() });
}

type Extent = Readonly<{ width: number; height: number }>;

/** Instance ids, and part ids where they are wanted. */
type Ids = Readonly<{ instanceId: Uint16Array; partId: Uint16Array | null }>;

/**
 * Ids are 32 bits on the GPU, the part in the upper half: reading R16UI as unsigned shorts kills Chromium's GPU
 * process on Mesa 22 through ANGLE (test/page/label-pass.page.test.ts fails with it).
 */
export function readIds(
  { gl, reads }: BoundReader,
  { width, height }: Extent,
  withParts: boolean,
): Arriving<Ids> {
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  const narrow = isLayout(gl, { format: gl.RED_INTEGER, type: gl.UNSIGNED_INT });
  const stride = narrow ? 1 : 4;
  const format = narrow ? gl.RED_INTEGER : gl.RGBA_INTEGER;
  const wide = new Uint32Array(width * height * stride);
  reads.read({ width, height }, { format, type: gl.UNSIGNED_INT }, wide);
  return () => {
    const instanceId = new Uint16Array(width * height);
    // Storing into 16 bits keeps the lower half.
    for (let i = 0; i < instanceId.length; i++) instanceId[i] = wide[i * stride]!;
    if (!withParts) return { instanceId, partId: null };
    const partId = new Uint16Array(width * height);
    for (let i = 0; i < partId.length; i++) partId[i] = wide[i * stride]! >>> 16;
    return { instanceId, partId };
  };
}

export function readDepth(
  { gl, reads }: BoundReader,
  { width, height }: Extent,
): Arriving<Float32Array> {
  gl.readBuffer(gl.COLOR_ATTACHMENT1);
  const type = gl.FLOAT;
  if (isLayout(gl, { format: gl.RED, type })) {
    const depth = new Float32Array(width * height);
    reads.read({ width, height }, { format: gl.RED, type }, depth);
    return () => depth;
  }
  const wide = new Float32Array(width * height * 4);
  reads.read({ width, height }, { format: gl.RGBA, type }, wide);
  return () => {
    const depth = new Float32Array(width * height);
    for (let i = 0; i < depth.length; i++) depth[i] = wide[i * 4] as number;
    return depth;
  };
}

/** The target holds n·0.5+0.5, and 0 where nothing is, alpha included. */
export function readNormals(
  { gl, reads }: BoundReader,
  { width, height }: Extent,
): Arriving<Float32Array> {
  gl.readBuffer(gl.COLOR_ATTACHMENT3);
  const wide = new Float32Array(width * height * 4);
  reads.read({ width, height }, { format: gl.RGBA, type: gl.FLOAT }, wide);
  return () => {
    const normal = new Float32Array(width * height * 3);
    for (let from = 0, to = 0; from < wide.length; from += 4, to += 3) {
      if (wide[from + 3] === 0) continue;
      for (let axis = 0; axis < 3; axis++) normal[to + axis] = 2 * wide[from + axis]! - 1;
    }
    return normal;
  };
}

/** Whether the driver reads the selected attachment in this layout; others must be asked for as RGBA. */
function isLayout(gl: WebGL2RenderingContext, { format, type }: Layout): boolean {
  return (
    gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_FORMAT) === format &&
    gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_TYPE) === type
  );
}
