import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBrowser } from '#node/browser/find-browser';
import { openWorker, type Worker } from '#node/browser/open-worker';
import { prepareInputs, type LoadedInputs } from '#node/run/prepare-run';
import { openPageServer, type PageServer } from '#node/server/page-server';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';

const DEMO = [
  'image.width=96',
  'image.height=72',
  'render.shadowMapPixels=128',
  'render.patternPixels=64',
];
/**
 * One lens for all frames, since another one has a source, or faces, of another size; and no silhouettes, which are
 * asked for by rays of their own in every frame.
 */
const LENS = [...DEMO, 'labels.amodal=false', 'render.ambientOcclusion.strength=0'];
const WIDE = [...LENS, 'outputs.depth={png: false}', 'sensor.vignetting=0'];
const FISHEYE =
  'camera.lens={kind: intrinsics, fx: 24, fy: 24, cx: 50, cy: 36, distortion: {kind: kannala-brandt, k1: 0.01, imageCircle: {degrees: 200}}}';

const CASES: Readonly<Record<string, readonly string[]>> = {
  'the demo': DEMO,
  'a sensor with a lens that bends and blurs, over sub-frames': [
    ...LENS,
    'camera.lens={kind: fov, verticalDegrees: 40, distortion: {kind: brown-conrady, k1: -0.1}}',
    'render.subframes=2',
    'sensor.blurSigmaPixels=0.7',
    'sensor.noise={fullWellElectrons: 10000, readElectrons: 3}',
    'sensor.mosaic={pattern: rggb, demosaic: malvar}',
  ],
  'a fisheye': [...WIDE, FISHEYE],
};

/** Where the page keeps how much was made, by the call that makes it. */
type Counting = { made: Record<string, number> };

/** Counts what is made on the GPU from now on. Runs in the page. */
function countMade(): void {
  const counting = globalThis as unknown as Counting;
  counting.made = {};
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!/^(create|link|compile)/.test(name)) continue;
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
  const loaded = new Map<string, LoadedInputs>();
  let server: PageServer | undefined;
  let worker: Worker | undefined;
  let page: Page | undefined;
  beforeAll(async () => {
    for (const [name, sets] of Object.entries(CASES))
      loaded.set(name, await prepareInputs({ configPath: 'configs/tabletop.yaml', sets }));
    server = await openPageServer({
      resolveResource: async (key) => {
        for (const { resolveResource } of loaded.values()) {
          const found = await resolveResource(key);
          if (found !== null) return found;
        }
        return null;
      },
    });
    worker = await openWorker({
      browser: await requireBrowser(undefined),
      backend: 'mesa',
      threadsPerBrowser: 0,
      sandbox: 'auto',
      server,
      timeoutMs: 60_000,
      tell: (line) => expect.fail(line),
      signal: new AbortController().signal,
    });
    page = (await worker.launched.browser.pages()).at(-1);
    await page?.evaluate(countMade);
  });
  afterAll(async () => {
    await worker?.close();
    await server?.close();
  });

  it.each(Object.keys(CASES))('%s', async (name) => {
    const inputs = loaded.get(name)?.inputs;
    if (!inputs || !worker || !page) throw new Error('nothing was loaded');
    const plans = [0, 1].map((frame) => planFrame(inputs, sampleScene(inputs, frame)));
    for (const plan of plans) await worker.client.render(plan);
    expect(await madeIn(page)).toMatchObject({ createTexture: expect.any(Number) as number });
    for (const plan of plans) await worker.client.render(plan);
    expect(await madeIn(page)).toEqual({});
  });
});
