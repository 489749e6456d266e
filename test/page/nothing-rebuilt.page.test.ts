import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '#node/browser/open-worker';
import { prepareInputs, type LoadedInputs } from '#node/run/prepare-run';
import { openPageServer, type PageServer } from '#node/server/page-server';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { openTestWorker } from './support/open-test-worker.ts';

const DEMO = [
  'image.width=96',
  'image.height=72',
  'render.shadowMapPixels=128',
  'render.patternPixels=64',
];
const WIDE = [
  ...DEMO,
  'render.ambientOcclusion.strength=0',
  'outputs.depth={png: false}',
  'sensor.vignetting=0',
];
const BENT = '{kind: fov, verticalDegrees: 40, distortion: {kind: brown-conrady, k1: -0.1}}';
const CUSHION = '{kind: fov, verticalDegrees: 60, distortion: {kind: brown-conrady, k1: 0.05}}';
const FISHEYE =
  '{kind: intrinsics, fx: 24, fy: 24, cx: 50, cy: 36, distortion: {kind: kannala-brandt, k1: 0.01, imageCircle: {degrees: 200}}}';
const NARROWER = FISHEYE.replace('fx: 24, fy: 24', 'fx: 30, fy: 28');

const CASES: Readonly<Record<string, Readonly<{ sets: readonly string[]; frames: number }>>> = {
  'the demo': { sets: DEMO, frames: 2 },
  'a sensor with a lens that bends and blurs, over sub-frames': {
    sets: [
      ...DEMO,
      `camera.lens=${BENT}`,
      'render.subframes=2',
      'sensor.blurSigmaPixels=0.7',
      'sensor.noise={fullWellElectrons: 10000, readElectrons: 3}',
      'sensor.mosaic={pattern: rggb, demosaic: malvar}',
    ],
    frames: 2,
  },
  'a fisheye': { sets: [...WIDE, `camera.lens=${FISHEYE}`], frames: 2 },
  'a rig of a pinhole and two lenses that bend, behind wet glass': {
    sets: [
      ...DEMO,
      `camera.rig={views: {straight: {}, barrel: {lens: ${BENT}}, cushion: {lens: ${CUSHION}}}}`,
      'weather={glass: {drops: {cover: 0.1}}}',
    ],
    frames: 3,
  },
  'a rig of a pinhole, a lens that bends and two fisheyes': {
    sets: [
      ...WIDE,
      `camera.rig={views: {straight: {}, barrel: {lens: ${BENT}}, wide: {lens: ${FISHEYE}}, wider: {lens: ${NARROWER}}}}`,
    ],
    frames: 4,
  },
};

/** Focal lengths of frames that are alike but for that, of the first one's. */
const ZOOM = [1, 0.93, 1.05, 0.95, 1.02, 0.97];
const ZOOMS: Readonly<Record<string, readonly string[]>> = {
  'a lens that bends': [...DEMO, `camera.lens=${BENT}`],
  'a fisheye': [...WIDE, `camera.lens=${FISHEYE}`],
};

/** Where the page keeps how much was made, by the call that makes it. */
type Counting = { made: Record<string, number> };

/** Counts what is made on the GPU from now on. Runs in the page. */
function countMade(): void {
  const counting = globalThis as unknown as Counting;
  counting.made = {};
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!/^(create|link|compile|texStorage|texImage|renderbufferStorage)/.test(name)) continue;
    const call = prototype[name] as (...inputs: unknown[]) => unknown;
    prototype[name] = function (this: unknown, ...inputs: unknown[]) {
      counting.made[name] = (counting.made[name] ?? 0) + 1;
      return call.apply(this, inputs);
    };
  }
}

/** What was made since it was asked last. */
async function madeIn(page: Page): Promise<Counting['made']> {
  return page.evaluate(() => {
    const counting = globalThis as unknown as Counting;
    const { made } = counting;
    counting.made = {};
    return made;
  });
}

describe('what a config needs on the GPU is made once', () => {
  const loaded = new Map<readonly string[], LoadedInputs>();
  let server: PageServer | undefined;
  let worker: Worker | undefined;
  let page: Page | undefined;
  beforeAll(async () => {
    for (const sets of [...Object.values(CASES).map((one) => one.sets), ...Object.values(ZOOMS)])
      loaded.set(sets, await prepareInputs({ configPath: 'configs/tabletop.yaml', sets }));
    server = await openPageServer({
      resolveResource: async (key) => {
        for (const { resolveResource } of loaded.values()) {
          const found = await resolveResource(key);
          if (found !== null) return found;
        }
        return null;
      },
    });
    ({ worker, page } = await openTestWorker('mesa', server));
    await page.evaluate(countMade);
  });
  afterAll(async () => {
    await worker?.close();
    await server?.close();
  });

  /** What is made on the GPU while frames are drawn. */
  async function madeBy(plans: readonly FramePlan[]): Promise<Counting['made']> {
    if (!worker || !page) throw new Error('nothing was started');
    for (const plan of plans) await worker.client.render(plan);
    return madeIn(page);
  }

  async function packetOf(plan: FramePlan): Promise<Buffer> {
    if (!worker) throw new Error('nothing was started');
    const { packet } = await worker.client.render(plan);
    return Buffer.from(packet);
  }

  function planOf(sets: readonly string[], frame: number): FramePlan {
    const inputs = loaded.get(sets)?.inputs;
    if (!inputs) throw new Error('nothing was loaded');
    return planFrame(inputs, sampleScene(inputs, frame));
  }

  it.each(Object.entries(CASES))('%s', async (_, { sets, frames }) => {
    const plans = Array.from({ length: frames }, (_, frame) => planOf(sets, frame));
    expect(await madeBy(plans)).toMatchObject({ createTexture: expect.any(Number) as number });
    expect(await madeBy(plans)).toEqual({});
  });

  it('an object that is see-through in every other frame, to the byte', async () => {
    const plan = planOf(DEMO, 0);
    const plans = [plan, seeThrough(plan)];
    const first = await packetOf(plan);
    await madeBy(plans);
    expect(await madeBy(plans)).toEqual({});
    expect(await packetOf(plan)).toEqual(first);
  });

  it.each(Object.entries(ZOOMS))('%s, of another focal length in each frame', async (_, sets) => {
    const plans = ZOOM.map((times) => zoomed(planOf(sets, 0), times));
    await madeBy(plans.slice(0, 2));
    expect(await madeBy(plans.slice(2))).toEqual({});
  });
});

function seeThrough(plan: FramePlan): FramePlan {
  const index = plan.nodes.findIndex(({ instanceId }) => instanceId === 1);
  const policies = [{ policy: 'see-through' }] as const;
  return {
    ...plan,
    nodes: plan.nodes.map((node, i) => (i === index ? { ...node, policies } : node)),
  };
}

function zoomed(plan: FramePlan, times: number): FramePlan {
  const { intrinsics } = plan.camera;
  const { fx, fy } = intrinsics;
  return {
    ...plan,
    camera: { ...plan.camera, intrinsics: { ...intrinsics, fx: fx * times, fy: fy * times } },
  };
}
