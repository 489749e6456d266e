import {
  DepthStencilFormat,
  DepthTexture,
  FloatType,
  NearestFilter,
  RedFormat,
  RedIntegerFormat,
  RGBAFormat,
  UnsignedByteType,
  UnsignedIntType,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import { KeptTarget } from './kept-target.ts';
import type { AskedRays, LabelMesh } from './label-meshes.ts';
import { createLabelScene, type PlacedDraw } from './label-scene.ts';
import { drawsInOrder, mergeDraws } from './merge-draws.ts';
import { Room } from './room.ts';

/** What labels are seen with. */
export type LabelEye = Readonly<{
  camera: PinholeCamera;
  /** Rays through the pixels of the source of a lens that bends, or of a face; absent: through their centres. */
  rays?: AskedRays | undefined;
}>;

/**
 * Draws part and instance id (R32UI, the part in the upper 16 bits), planar depth in metres (R32F) and geometric normal (camera axes,
 * n·0.5+0.5; RGBA8, and RGBA32F besides where the plan wants normals, so that colour, which reads the former, does not depend on it) in one pass over the frame's geometry: no
 * multisampling, no blending, no colour management, each value at the pixel's centre. Depth is the distance along the
 * ray where rays are directions. Row 0 is the top
 * row of the image. See-through surfaces come last, and only where the nearest solid surface has no id
 * (docs/adr/0013-label-policies.md).
 */
export class LabelPass {
  readonly #renderer: WebGLRenderer;
  readonly #target: KeptTarget;
  /** Whether its target has a stencil, as it has from the first frame on that needs one. */
  #hasStencil = false;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#target = new KeptTarget(new Room(renderer.capabilities.maxTextureSize));
  }

  /**
   * Renders into the pass's own target, which it returns; the next call overwrites it. It may be larger than the plan,
   * whose picture begins at its first texel.
   */
  render(
    plan: FramePlan,
    meshes: readonly LabelMesh[],
    { camera, rays }: LabelEye,
  ): WebGLRenderTarget {
    const stencil = meshes.some(({ seeThrough }) => seeThrough);
    this.#hasStencil ||= stencil;
    const target = this.#targetOf(plan);
    const { camera: seenBy, size } = plan;
    const options = {
      purpose: 'labels',
      view: { camera: seenBy, target: size, stencil, rays },
      camera,
      groupDraws: (draws: readonly PlacedDraw[]) => mergeDraws(drawsInOrder(draws, camera), camera),
    } as const;
    this.#clear(target);
    for (const layer of stencil ? [false, true] : [false]) {
      const own = meshes.filter(({ seeThrough }) => seeThrough === layer);
      const placed = own.map((mesh) => ({ mesh }));
      this.#renderer.render(createLabelScene(placed, options), camera);
    }
    return target;
  }

  dispose(): void {
    this.#target.dispose();
  }

  #clear(target: WebGLRenderTarget): void {
    const renderer = this.#renderer;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.clear(false, true, target.stencilBuffer);
    gl.clearBufferuiv(gl.COLOR, 0, new Uint32Array(4));
    gl.clearBufferfv(gl.COLOR, 1, new Float32Array(4));
    for (let index = 2; index < target.textures.length; index++)
      gl.clearBufferfv(gl.COLOR, index, new Float32Array(4));
  }

  #targetOf({ size, labels: { normals } }: FramePlan): WebGLRenderTarget {
    const kind = { stencil: this.#hasStencil, normals, depthBuffer: true };
    return this.#target.take(size, JSON.stringify(kind), (room) => createLabelTarget(room, kind));
  }
}

/** A place for ids, planar depth and normals, as {@link LabelPass} writes them. */
export function createLabelTarget(
  { width, height }: FramePlan['size'],
  {
    stencil,
    normals,
    depthBuffer,
  }: Readonly<{ stencil: boolean; normals: boolean; depthBuffer: boolean }>,
): WebGLRenderTarget {
  const depthTexture = depthBuffer ? new DepthTexture(width, height, FloatType) : null;
  if (stencil && depthTexture) depthTexture.format = DepthStencilFormat;
  const target = new WebGLRenderTarget(width, height, {
    count: normals ? 4 : 3,
    magFilter: NearestFilter,
    minFilter: NearestFilter,
    generateMipmaps: false,
    stencilBuffer: stencil,
    depthBuffer,
    ...(depthTexture && { depthTexture }),
  });
  const [id, depth, normal, fineNormal] = target.textures as [Texture, Texture, Texture, Texture?];
  Object.assign(id, { format: RedIntegerFormat, type: UnsignedIntType, internalFormat: 'R32UI' });
  Object.assign(depth, { format: RedFormat, type: FloatType, internalFormat: 'R32F' });
  Object.assign(normal, { format: RGBAFormat, type: UnsignedByteType });
  if (fineNormal)
    Object.assign(fineNormal, { format: RGBAFormat, type: FloatType, internalFormat: 'RGBA32F' });
  return target;
}
