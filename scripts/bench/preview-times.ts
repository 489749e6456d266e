import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Page } from 'puppeteer';
import { requireBrowser } from '#node/browser/find-browser';
import { closeBrowser, launchBrowser } from '#node/browser/launch-browser';
import { openPreview } from '#node/preview/open-preview';

/**
 * How long the preview takes, in a real browser on Mesa: until 500 frames are drawn, and from a step of a
 * slider to the picture. `tsx --conditions=source scripts/bench/preview-times.ts [CONFIG…]`
 */

const WINDOW = { width: 1280, height: 720 };
const PATIENCE_MS = 600_000;
const STEPS = 6;

type Times = Readonly<{
  /** Milliseconds until 500 frames are drawn. */
  rows: number;
  /** The longest time for which the page did not answer meanwhile, milliseconds. */
  stall: number;
  /** Milliseconds from each step of a slider to a picture, while the hand is on it. */
  drags: readonly number[];
  /** Milliseconds from letting go to the whole picture. */
  whole: number;
}>;

const SETTLED = 'window.diorama?.settled === true && window.diorama.frame !== null';

/** Runs in the page: milliseconds until all rows are there, and the longest gap between two paints. */
const MEASURE_ROWS = `new Promise((resolve) => {
  const begin = performance.now();
  let [last, stall] = [begin, 0];
  dispatchEvent(new KeyboardEvent('keydown', { key: 'h' }));
  const look = (now) => {
    stall = Math.max(stall, now - last);
    last = now;
    if (window.diorama.rows.length >= 500) resolve({ rows: performance.now() - begin, stall });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

/** Runs in the page: moves the slider of a pinned value, as a hand does, and waits for each picture. */
const MEASURE_DRAG = `(async () => {
  const slider = document.querySelector('.change input[type=range]');
  const drags = [];
  const nextPicture = async (before, is) => {
    while (window.diorama.frame === before || !is()) await new Promise(requestAnimationFrame);
  };
  const { width } = window.diorama.frame.record;
  for (let i = 1; i <= ${STEPS}; i++) {
    const before = window.diorama.frame;
    const [min, max] = [Number(slider.min), Number(slider.max)];
    const begin = performance.now();
    slider.valueAsNumber = min + ((max - min) * i) / (${STEPS} + 1);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await nextPicture(before, () => true);
    drags.push(performance.now() - begin);
  }
  const begin = performance.now();
  const before = window.diorama.frame.record.width === width ? null : window.diorama.frame;
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  await nextPicture(before, () => window.diorama.frame.record.width === width);
  return { drags, whole: performance.now() - begin };
})()`;

async function measure(page: Page, url: string): Promise<Times> {
  const settled = (): Promise<unknown> =>
    page.waitForFunction(SETTLED, { timeout: PATIENCE_MS, polling: 50 });
  await page.goto(`${url}#labels=masks,boxes,names`);
  await settled();
  const rows = (await page.evaluate(MEASURE_ROWS)) as Pick<Times, 'rows' | 'stall'>;
  await page.goto(`${url}#labels=masks,boxes,names&panel=parameters`);
  await page.reload();
  await settled();
  await page.evaluate(`[...document.querySelectorAll('.parameter')]
    .find((row) => row.querySelector('.pin') && row.querySelectorAll('.bounds input').length === 2)
    .querySelector('.pin').click()`);
  await page.waitForSelector('.change input[type=range]', { timeout: PATIENCE_MS });
  await settled();
  const drag = (await page.evaluate(MEASURE_DRAG)) as Pick<Times, 'drags' | 'whole'>;
  return { ...rows, ...drag };
}

async function measureConfig(target: string): Promise<Times> {
  const preview = await openPreview({ request: { target } });
  const launched = await launchBrowser({
    browser: await requireBrowser(undefined),
    backend: 'mesa',
    sandbox: 'auto',
    networkEvents: true,
    loopbackPort: Number(new URL(preview.url).port),
  });
  try {
    const page = await launched.browser.newPage();
    await page.setViewport(WINDOW);
    return await measure(page, preview.url);
  } finally {
    await closeBrowser(launched);
    await preview.close();
  }
}

const named = process.argv.slice(2);
const targets = named.length > 0 ? named : readdirSync('configs').filter((name) => name.endsWith('.yaml')).map((name) => `configs/${name}`); // prettier-ignore
const [{ model } = { model: 'unknown' }] = cpus();
console.log(`${cpus().length} × ${model}, load ${loadavg()[0]?.toFixed(1)}`);
const whole = (ms: number): number => Math.round(ms);
for (const target of targets) {
  try {
    const { rows, stall, drags, whole: last } = await measureConfig(target);
    console.log(
      `${target}: 500 frames ${(rows / 1000).toFixed(1)} s (stall ${whole(stall)} ms), drag ${drags.map(whole).join(' ')} ms, whole picture ${whole(last)} ms`,
    );
  } catch (error) {
    console.log(`${target}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
