import type { GBuffers } from '#shared/annotate/annotations';
import type { SceneDescription } from '#shared/config/scene-description';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { FrameRenderer } from '#node/run/frame-renderer';
import type { RenderEvent } from '#node/run/render-events';
import type { PreparedRun, RunEffects } from '#node/run/render-prepared';
import {
  listFrames,
  makeConfig,
  makeDraft,
  RENDERER,
  writeFrameFile,
} from '../store/make-dataset.ts';

const EMPTY_SCENE: SceneDescription = {
  source: { kind: 'yaml', path: 'scenes/tiny.yaml', sha256: 'a'.repeat(64) },
  name: 'empty',
  nodes: [],
  volumes: [],
  cameras: [],
  lights: {},
};

/** A run over the frames of {@link makeConfig} in an empty scene. */
export function makeRun(folder: string, changes: Partial<PreparedRun> = {}): PreparedRun {
  const config = makeConfig();
  return {
    inputs: {
      config,
      scene: EMPTY_SCENE,
      catalogue: { models: [], environments: [], images: [], materials: [] },
    },
    draft: makeDraft(),
    frames: Array.from({ length: config.frames }, (_, frame) => frame),
    folder,
    mode: 'resume',
    keepGoing: false,
    warnings: [],
    reproduce: (frame) => `npx diorama render tiny.yaml --frames ${frame}..${frame}`,
    ...changes,
  };
}

/** Nothing but sky: a gradient that depends on the frame. */
export function drawSky({ frame, size: { width, height } }: FramePlan): GBuffers {
  const pixels = width * height;
  const color = new Uint8Array(pixels * 4).map((_, i) =>
    i % 4 === 3 ? 255 : (i * 7 + frame) % 256,
  );
  return {
    width,
    height,
    color,
    instanceId: new Uint16Array(pixels),
    depth: new Float32Array(pixels),
  };
}

/** A renderer in memory; `draw` may fail or wait. */
export function makeRenderer(
  draw: (plan: FramePlan) => GBuffers | Promise<GBuffers> = drawSky,
  workers = 2,
): {
  effects: RunEffects;
  counts: { opened: number; closed: number; drawn: number[]; recycled: GBuffers[] };
} {
  const counts = { opened: 0, closed: 0, drawn: [] as number[], recycled: [] as GBuffers[] };
  const renderer: FrameRenderer = {
    info: RENDERER,
    workers,
    sandboxed: true,
    retries: () => 0,
    async render(plan) {
      counts.drawn.push(plan.frame);
      return draw(plan);
    },
    recycle: (buffers) => counts.recycled.push(buffers),
    close: () => {
      counts.closed += 1;
      return Promise.resolve();
    },
  };
  return {
    counts,
    effects: {
      derived: listFrames,
      openRenderer: () => {
        counts.opened += 1;
        return Promise.resolve(renderer);
      },
      writeFrame: (folder, { plan }) =>
        Promise.resolve({ rgb: writeFrameFile(folder, plan.frame) }),
    },
  };
}

/** A promise that is settled from outside, so that tests need no clock. */
export function makeGate(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
}

/** Collects what a run says. */
export function makeListener(): { events: RenderEvent[]; onEvent: (event: RenderEvent) => void } {
  const events: RenderEvent[] = [];
  return { events, onEvent: (event) => events.push(event) };
}
