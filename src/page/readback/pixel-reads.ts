import { RenderError } from '#shared/core/errors';
import type { ReadBack } from '#shared/protocol/read-back';
import type { PackBuffers } from './pack-buffers.ts';
import { requireWitness } from './require-healthy.ts';

/** Columns and rows that are read, from the first of each. */
type Extent = Readonly<{ width: number; height: number }>;

/** One attachment as the driver hands it out: WebGL's names for channels and for their type. */
type Layout = Readonly<{ format: number; type: number }>;

type Pixels = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** What is made of pixels; to be called once they are there. */
export type Arriving<T> = () => T;

/** The reads of one frame. */
export type PixelReads = Readonly<{
  /** Reads the selected attachment of the bound target. `into` has its pixels once `arrived` has resolved. */
  read: (extent: Extent, layout: Layout, into: Pixels) => void;
  /** Waits for all that was read. @throws RenderError where the context is lost: nothing that was read counts. */
  arrived: () => Promise<void>;
  /** Gives up a frame that failed: nobody waits for what was read. */
  drop: () => void;
}>;

export function beginReads(
  gl: WebGL2RenderingContext,
  { readBack, buffers }: Readonly<{ readBack: ReadBack; buffers: PackBuffers }>,
): PixelReads {
  return readBack === 'blocking' ? blockingReads(gl) : fencedReads(gl, buffers);
}

function blockingReads(gl: WebGL2RenderingContext): PixelReads {
  return {
    read: ({ width, height }, { format, type }, into) =>
      gl.readPixels(0, 0, width, height, format, type, into),
    arrived: () => Promise.resolve().then(() => requireWitness(gl)),
    drop: () => undefined,
  };
}

/** Asks the GPU for copies; draws that come after them cannot change them, since commands run in order. */
function fencedReads(gl: WebGL2RenderingContext, buffers: PackBuffers): PixelReads {
  const asked: Readonly<{ buffer: WebGLBuffer; into: Pixels }>[] = [];
  const drop = (): void => {
    for (const { buffer } of asked.splice(0)) buffers.giveBack(buffer);
  };
  return {
    read({ width, height }, { format, type }, into) {
      const buffer = buffers.take(into.byteLength);
      asked.push({ buffer, into });
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.readPixels(0, 0, width, height, format, type, 0);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    },
    async arrived() {
      try {
        await reached(gl);
        for (const { buffer, into } of asked) {
          gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
          gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, into);
        }
        requireWitness(gl);
      } finally {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        drop();
      }
    },
    drop,
  };
}

/** Resolves once the GPU has done all that it was told so far. */
async function reached(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  try {
    // A page hears of a fence between its tasks alone.
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (!isReached(gl, fence));
  } finally {
    gl.deleteSync(fence);
  }
}

function isReached(gl: WebGL2RenderingContext, fence: WebGLSync | null): boolean {
  if (fence === null || gl.isContextLost())
    throw new RenderError('lost', 'the WebGL context was lost while a frame was read back');
  return gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
}
