import type { Texture, WebGLRenderer, WebGLRenderTarget } from 'three';
import type { GBuffers, NeighbourBuffers } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { defaultAssetBytes } from '#shared/protocol/asset-budget';
import type { AssetUse, FrameTimings } from '#shared/protocol/page-api';
import { defaultReadBack, type ReadBack } from '#shared/protocol/read-back';
import { AssetLoader } from './assets/asset-loader.ts';
import { AssetStore, type FrameLease } from './assets/asset-store.ts';
import { now } from './clock.ts';
import { createRenderer } from './create-renderer.ts';
import { drawInPortionsOnLlvmpipe } from './draw-in-portions.ts';
import { CatcherDepthPass } from './passes/catcher-depth-pass.ts';
import { ColorBend } from './lens/bend-color.ts';
import { type BentView, BentViews } from './lens/bent-view.ts';
import { FaceColors } from './lens/face-colors.ts';
import { FaceLabels } from './lens/face-labels.ts';
import { LabelLookUp } from './lens/look-up-labels.ts';
import { type WideView, WideViews } from './lens/wide-view.ts';
import { ColorPass } from './passes/color-pass.ts';
import { MOST_COPIES } from './passes/label-copies.ts';
import { LabelMeshes, type LabelMesh } from './passes/label-meshes.ts';
import { LabelPass } from './passes/label-pass.ts';
import { LidarPass } from './passes/lidar-pass.ts';
import { OcclusionPass } from './passes/occlusion-pass.ts';
import { SilhouettePass } from './passes/silhouette-pass.ts';
import { rendererName } from './renderer-name.ts';
import { PackBuffers } from './readback/pack-buffers.ts';
import { type Arriving, beginReads, type PixelReads } from './readback/pixel-reads.ts';
import { readFrame, readNeighbour, type Reader } from './readback/read-frame.ts';
import { requireNoError } from './readback/require-healthy.ts';
import { PinholeCamera } from './scene/pinhole-camera.ts';
import { type BuiltScene, SceneBuilder } from './scene/scene-builder.ts';
import { SensorPass } from './sensor/sensor-pass.ts';
import { GlassPass } from './weather/glass-pass.ts';

/** A frame's pixels, what each step took, of which `send` is still to come, and what it took of assets. */
export type RenderedFrame = Readonly<{
  buffers: GBuffers;
  timings: Omit<FrameTimings, 'send'>;
  assets: AssetUse;
}>;

/** A frame whose pixels may still be on their way. Others may be drawn meanwhile. */
export type DrawnFrame = Readonly<{
  /** Waits for its pixels; once. @throws RenderError */
  arrive: () => Promise<RenderedFrame>;
}>;

/** What a frame shows, once it is there, and when each step of it began, milliseconds. */
type DrawnSteps = Readonly<{
  buffers: Arriving<GBuffers>;
  marks: readonly number[];
}>;

export type FrameRendererOptions = Readonly<{
  /** The server's prefix with its token. */
  basePath: string;
  /** The most that is kept of assets between frames; what suits the renderer where it is left out. */
  assetBytes?: number | undefined;
  /** How pixels are read back; as suits the renderer where it is left out. */
  readBack?: ReadBack | undefined;
}>;

/** How a lens is looked through. */
type Eye = Readonly<{
  /** The plan as a pinhole draws it: of the source of a lens that bends, else the frame's own. */
  view: FramePlan;
  bent: BentView | null;
  wide: WideView | null;
}>;

/** How long after the first failed call the browser knows that a context is lost. */
const LOSS_IS_KNOWN_AFTER_MS = 250;

/** Draws frames from plans. A frame depends on its plan and the renderer, never on frames before it. */
export class FrameRenderer {
  readonly renderer: WebGLRenderer;
  /** The most that is kept of assets between frames, bytes on the GPU. */
  readonly assetBytes: number;
  readonly readBack: ReadBack;
  readonly #packBuffers: PackBuffers;
  readonly #store: AssetStore;
  readonly #builder: SceneBuilder;
  readonly #camera = new PinholeCamera();
  readonly #meshes: LabelMeshes;
  readonly #labels: LabelPass;
  readonly #silhouettes: SilhouettePass;
  readonly #lidars: LidarPass;
  readonly #catcherDepth: CatcherDepthPass;
  readonly #occlusion: OcclusionPass;
  readonly #color: ColorPass;
  readonly #glass: GlassPass;
  /** Of the sources of bent images. */
  readonly #sourceColor: ColorPass;
  readonly #bentViews: BentViews;
  /** Plain labels of the source of a bent image, for contact shadows in it. */
  readonly #sourceLabels: LabelPass;
  readonly #lookUp: LabelLookUp;
  readonly #bend: ColorBend;
  readonly #wideViews: WideViews;
  readonly #faceLabels: FaceLabels;
  readonly #faceColors: FaceColors;
  readonly #sensor: SensorPass;
  /** Log of the last shader that failed; three reports each one once. */
  #shaderFailure: string | null = null;

  constructor(canvas: HTMLCanvasElement, options: FrameRendererOptions) {
    const { basePath, assetBytes, readBack } = options;
    const renderer = createRenderer(canvas);
    this.renderer = renderer;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    const inPortions = drawInPortionsOnLlvmpipe(gl);
    renderer.debug.onShaderError = (gl, program, ...shaders) => {
      const logs = [
        gl.getProgramInfoLog(program),
        ...shaders.map((shader) => gl.getShaderInfoLog(shader)),
      ];
      this.#shaderFailure = logs.filter(Boolean).join('\n');
    };
    this.assetBytes = assetBytes ?? defaultAssetBytes(rendererName(gl));
    this.readBack = readBack ?? defaultReadBack(rendererName(gl));
    this.#packBuffers = new PackBuffers(gl);
    const store = new AssetStore(this.assetBytes);
    this.#store = store;
    this.#builder = new SceneBuilder(renderer, { assets: new AssetLoader(basePath, store), store });
    this.#meshes = new LabelMeshes({
      reversedDepth: renderer.capabilities.reversedDepthBuffer,
      copiesAtOnce: inPortions ? 1 : MOST_COPIES,
    });
    this.#labels = new LabelPass(renderer);
    this.#silhouettes = new SilhouettePass(renderer);
    this.#lidars = new LidarPass(renderer);
    this.#catcherDepth = new CatcherDepthPass(renderer);
    this.#occlusion = new OcclusionPass(renderer);
    this.#color = new ColorPass(renderer, 'exact');
    this.#sourceColor = new ColorPass(renderer, 'roomy');
    this.#bentViews = new BentViews(renderer);
    this.#wideViews = new WideViews(renderer);
    this.#glass = new GlassPass(renderer);
    this.#sourceLabels = new LabelPass(renderer);
    this.#lookUp = new LabelLookUp(renderer, 'source');
    this.#bend = new ColorBend(renderer);
    this.#faceLabels = new FaceLabels(renderer);
    this.#faceColors = new FaceColors(renderer);
    this.#sensor = new SensorPass(renderer);
  }

  /** Draws a frame and waits for its pixels. @throws RenderError */
  async render(plan: FramePlan): Promise<RenderedFrame> {
    const { arrive } = await this.draw(plan);
    return arrive();
  }

  /**
   * Draws a frame, one at a time. `sync` waits for the GPU after each step, so that their timings are their own.
   * @throws RenderError
   */
  async draw(plan: FramePlan, options: Readonly<{ sync?: boolean }> = {}): Promise<DrawnFrame> {
    const lease = this.#store.begin();
    const gl = this.renderer.getContext() as WebGL2RenderingContext;
    const reads = beginReads(gl, { readBack: this.readBack, buffers: this.#packBuffers });
    try {
      const drawn = await this.#draw(plan, reads, options);
      requireNoError(gl);
      const assets = this.#endFrame(lease);
      return { arrive: async () => ({ ...(await this.#arrive(reads, drawn)), assets }) };
    } catch (error) {
      this.#endFrame(lease);
      reads.drop();
      throw await this.#lossBehind(error);
    }
  }

  async #arrive(
    reads: PixelReads,
    { buffers, marks }: DrawnSteps,
  ): Promise<Pick<RenderedFrame, 'buffers' | 'timings'>> {
    try {
      await reads.arrived();
    } catch (error) {
      throw await this.#lossBehind(error);
    }
    const arrived = buffers();
    const [scene, label, silhouettes, color, readback] = [...marks, now()].map(
      (mark, step, all) => (all[step + 1] ?? mark) - mark,
    ) as [number, number, number, number, number];
    return { buffers: arrived, timings: { scene, label, silhouettes, color, readback } };
  }

  /** Takes back what was lent to a frame, and makes room. */
  #endFrame(lease: FrameLease): AssetUse {
    this.#builder.release();
    const use = this.#store.end(lease);
    const { memory, programs } = this.renderer.info;
    return { ...use, ...memory, programs: programs?.length ?? 0 };
  }

  /** A GPU process that dies fails calls at once, but the browser says a little later that the context is lost. */
  async #lossBehind(error: unknown): Promise<unknown> {
    if (error instanceof RenderError && error.failure === 'lost') return error;
    await new Promise((resolve) => setTimeout(resolve, LOSS_IS_KNOWN_AFTER_MS));
    if (!this.renderer.getContext().isContextLost()) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new RenderError('lost', `the WebGL context was lost while a frame was drawn: ${reason}`);
  }

  async #draw(
    plan: FramePlan,
    reads: PixelReads,
    { sync = false }: Readonly<{ sync?: boolean }>,
  ): Promise<DrawnSteps> {
    const marks = [now()];
    this.#requireContext();
    const reader = { renderer: this.renderer, reads };
    const eye = this.#eyeOf(plan);
    const { view } = eye;
    this.#camera.setPlan(view);
    const built = await this.#builder.build(view, this.#camera);
    built.scene.updateMatrixWorld(true);
    marks.push(now());
    const meshes = this.#meshes.create(view, built.items);
    const labels = this.#drawLabels(plan, meshes, eye);
    const lidars = plan.lidars && this.#lidars.render(plan, meshes, reads);
    if (sync) this.#sync();
    marks.push(now());
    const silhouettes =
      plan.labels.silhouettes &&
      this.#silhouettes.render(meshes, { plan, camera: this.#camera, ...eye }, reads);
    const seen = this.#surfaceLabels(plan, meshes, { eye, labels });
    this.#meshes.release();
    marks.push(now());
    const radiance = this.#drawColor(plan, { built, eye, seen });
    const cosines = eye.wide?.directions ?? eye.bent?.places ?? null;
    const sensed = this.#sensor.render(plan, radiance, cosines);
    if (sync) this.#sync();
    marks.push(now());
    this.#requireShaders();
    const frame = readFrame(reader, plan, { labels, sensed });
    const neighbours = await this.#renderNeighbours(plan, reader);
    return {
      marks,
      buffers: () => ({
        ...frame(),
        ...neighbours(),
        ...(silhouettes && { silhouettes: silhouettes() }),
        ...(lidars && { lidars: lidars() }),
      }),
    };
  }

  /** How a plan's lens is looked through. @throws RenderError where it cannot be drawn. */
  #eyeOf(plan: FramePlan): Eye {
    const wide = this.#wideViews.of(plan);
    const bent = this.#bentViews.of(plan);
    const view = bent?.plan ?? plan;
    for (const size of [view.size, ...(wide?.colors ?? []).map(({ sourceSize }) => sourceSize)])
      this.#requireSize(size);
    return { view, bent, wide };
  }

  /** Labels in the picture that colour is drawn in, which contact shadows are made of. */
  #surfaceLabels(
    plan: FramePlan,
    meshes: readonly LabelMesh[],
    { eye: { view, bent }, labels }: Readonly<{ eye: Eye; labels: WebGLRenderTarget }>,
  ): WebGLRenderTarget {
    const shadowed = bent && plan.render.ambientOcclusion;
    return shadowed ? this.#sourceLabels.render(view, meshes, { camera: this.#camera }) : labels;
  }

  /** Linear radiance of the image, before its sensor. */
  #drawColor(
    plan: FramePlan,
    {
      built,
      eye: { view, bent, wide },
      seen,
    }: Readonly<{ built: BuiltScene; eye: Eye; seen: WebGLRenderTarget }>,
  ): Texture {
    const camera = this.#camera;
    const { shared } = this.#builder.materials;
    shared.occlusionMap.value = this.#occlusion.render(view, this.#surfacesOf(view, seen, built));
    if (wide) return this.#faceColors.render(plan, wide, { built, camera });
    const finish = (bent !== null || view.weather?.glass !== undefined) && {
      size: plan.size,
      apply: (open: Texture): Texture => {
        const straight = this.#glass.render(view, open);
        return bent ? this.#bend.render(plan, bent, straight) : straight;
      },
    };
    const pass = bent ? this.#sourceColor : this.#color;
    return pass.render(view, built, { camera, finish: finish || undefined });
  }

  /** Depth and normals that occlude one another: those of labels, and of shadow catchers where there are any. */
  #surfacesOf(
    plan: FramePlan,
    labels: WebGLRenderTarget,
    { catchers }: BuiltScene,
  ): readonly [Texture, Texture] {
    if (catchers.length > 0 && plan.render.ambientOcclusion !== null) {
      return this.#catcherDepth.render(labels, catchers, { camera: this.#camera, size: plan.size });
    }
    const [, depth, normal] = labels.textures as [Texture, Texture, Texture];
    return [depth, normal];
  }

  /** Labels of the image, looked up in those of its source where the lens bends, or of its faces. */
  #drawLabels(
    plan: FramePlan,
    meshes: readonly LabelMesh[],
    { bent, wide }: Eye,
  ): WebGLRenderTarget {
    if (wide) return this.#faceLabels.render(plan, meshes, wide.labels);
    if (bent === null) return this.#labels.render(plan, meshes, { camera: this.#camera });
    const rays = { texture: bent.rays, by: 'depth' } as const;
    const source = this.#labels.render(bent.plan, meshes, { camera: this.#camera, rays });
    const target = this.#lookUp.begin(plan.size, plan.labels.normals);
    this.#lookUp.add(target, { places: bent.places, labels: source });
    return target;
  }

  /** Labels of the frames beside this one, where the plan has them: the label pass alone. */
  async #renderNeighbours(
    { neighbours }: FramePlan,
    reader: Reader,
  ): Promise<Arriving<Pick<GBuffers, 'next' | 'previous' | 'pair'>>> {
    const { next, previous, pair } = neighbours ?? {};
    const shown = {
      next: next && (await this.#renderNeighbour(next, reader)),
      previous: previous && (await this.#renderNeighbour(previous, reader)),
      pair: pair && (await this.#renderNeighbour(pair, reader)),
    };
    return () => ({
      ...(shown.next && { next: shown.next() }),
      ...(shown.previous && { previous: shown.previous() }),
      ...(shown.pair && { pair: shown.pair() }),
    });
  }

  async #renderNeighbour(plan: FramePlan, reader: Reader): Promise<Arriving<NeighbourBuffers>> {
    const eye = this.#eyeOf(plan);
    const { view } = eye;
    this.#camera.setPlan(view);
    const built = await this.#builder.build(view, this.#camera);
    built.scene.updateMatrixWorld(true);
    const meshes = this.#meshes.create(view, built.items);
    const shown = readNeighbour(reader, this.#drawLabels(plan, meshes, eye), plan.size);
    this.#meshes.release();
    this.#requireShaders();
    return shown;
  }

  /** Waits for the GPU: `gl.finish` does not wait in Chromium, a read does. */
  #sync(): void {
    const gl = this.renderer.getContext() as WebGL2RenderingContext;
    const target = this.renderer.getRenderTarget();
    if (target === null) return;
    const integer = target.textures.length > 1;
    if (integer) gl.readPixels(0, 0, 1, 1, gl.RGBA_INTEGER, gl.UNSIGNED_INT, new Uint32Array(4));
    else gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** WebGL refuses every draw with a shader that failed, in this frame or an earlier one; other frames go on. */
  #requireShaders(): void {
    if (this.#shaderFailure === null) return;
    const gl = this.renderer.getContext();
    let refused = false;
    while (gl.getError() !== gl.NO_ERROR && !gl.isContextLost()) refused = true;
    if (!refused) return;
    // A compiler gives reasons; silence is that of a GPU process that is gone.
    if (this.#shaderFailure === '')
      throw new RenderError('lost', 'a shader failed without a reason: the GPU process is gone');
    throw new RenderError('shader', `a shader failed to compile:\n${this.#shaderFailure}`);
  }

  #requireContext(): void {
    const gl = this.renderer.getContext();
    if (gl.isContextLost()) throw new RenderError('lost', 'the WebGL context is lost');
  }

  #requireSize({ width, height }: FramePlan['size']): void {
    const limit = this.renderer.capabilities.maxTextureSize;
    if (width <= limit && height <= limit) return;
    throw new RenderError(
      'unsupported',
      `an image of ${width}×${height} exceeds this GPU's limit of ${limit} pixels a side`,
    );
  }
}
