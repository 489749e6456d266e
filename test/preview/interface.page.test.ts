import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OVERLAY_NAMES } from '#shared/draw/overlays';
import { OVERLAY_GROUPS } from '#preview/store/overlay-list';
import { openTestPreview, type TestPreview } from './support/open-test-preview.ts';

/** Small, moving and with everything that overlays draw but parts. */
const CONFIG = `extends: ${resolve('configs/orbit.yaml')}
image: { width: 160, height: 120 }
keypoints:
  ball: { names: [top, base], skeleton: [[top, base]], points: { top: [0, 0.1, 0], base: [0, 0, 0] } }
`;

let folder: string;
let config: string;
let preview: TestPreview;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-preview-'));
  config = join(folder, 'own.yaml');
  await writeFile(config, CONFIG);
  preview = await openTestPreview({ configPath: config });
  await preview.go('');
});
afterAll(async () => {
  await preview?.close();
  await rm(folder, { recursive: true, force: true });
});

const frameInView = (): Promise<number> =>
  preview.page.evaluate('window.diorama.frame.record.frame') as Promise<number>;

const attribute = (selector: string, name: string): Promise<string | null> =>
  preview.page.$eval(selector, (element, key) => element.getAttribute(key), name);

const textOf = (selector: string): Promise<string> =>
  preview.page.$eval(selector, (element) => element.textContent);

/** Hash of what the labels over the picture look like. */
const labelsInView = (): Promise<string> =>
  preview.page.evaluate(`(() => {
    const [pixels] = document.querySelectorAll('.frame canvas.layer');
    const [vectors] = document.querySelectorAll('.frame div.layer');
    return pixels.toDataURL() + vectors.innerHTML;
  })()`) as Promise<string>;

describe('the preview', () => {
  it('goes through the frames by key, button, number and thumb, and keeps the place in the address', async () => {
    expect(await frameInView()).toBe(0);
    await preview.page.keyboard.press('ArrowRight');
    await preview.settled();
    expect(await frameInView()).toBe(1);
    await preview.page.click('button[title^="Next frame"]');
    await preview.settled();
    expect(await frameInView()).toBe(2);
    await preview.page.keyboard.press(']');
    await preview.settled();
    expect(await frameInView()).toBe(10);
    await preview.page.focus('#scrubber');
    await preview.page.keyboard.press('End');
    await preview.settled();
    expect(await frameInView()).toBe(23);
    expect(await preview.page.evaluate('location.hash')).toMatch(/^#frame=23&/);
    await preview.page.reload();
    await preview.settled();
    expect(await frameInView()).toBe(23);
    await preview.page.keyboard.press('Home');
    await preview.settled();
    expect(await frameInView()).toBe(0);
  });

  it('plays, and stops', async () => {
    await preview.page.keyboard.press(' ');
    await preview.page.waitForFunction('window.diorama.frame.record.frame >= 3');
    await preview.page.keyboard.press(' ');
    await preview.settled();
    const stopped = await frameInView();
    await new Promise((done) => setTimeout(done, 1500));
    expect(await frameInView()).toBe(stopped);
    await preview.go('#frame=1&labels=');
  });

  it('draws every label, by its key', async () => {
    const choices = OVERLAY_GROUPS.flatMap((group) => group.choices);
    expect(choices.map(({ name }) => name).sort()).toEqual(
      OVERLAY_NAMES.filter((name) => name !== 'image').sort(),
    );
    expect(new Set(choices.map(({ key }) => key)).size).toBe(choices.length);
    const seen = new Set([await labelsInView()]);
    for (const { name, key } of choices) {
      const [modifier, plain = modifier] = key.split('+');
      const press = async (): Promise<void> => {
        if (plain !== modifier) await preview.page.keyboard.down('Shift');
        await preview.page.keyboard.press((plain ?? '') as 'a');
        if (plain !== modifier) await preview.page.keyboard.up('Shift');
        await preview.settled();
      };
      await press();
      const button = `[data-overlay="${name}"]`;
      expect(await attribute(button, 'aria-pressed'), name).toBe('true');
      expect(await preview.page.evaluate('location.hash')).toContain(`labels=${name}`);
      const missing = (await attribute(button, 'class'))?.includes('missing');
      expect(missing, name).toBe(name === 'parts');
      const drawn = await labelsInView();
      expect(seen.has(drawn), `${name} draws what nothing before did`).toBe(name === 'parts');
      seen.add(drawn);
      await press();
      expect(await attribute(button, 'aria-pressed'), name).toBe('false');
    }
  });

  it('tells of the pixel and the instance under the pointer, and selects it', async () => {
    await preview.go('#frame=1&labels=normals');
    const target = (await preview.page.evaluate(`(() => {
      const { instanceId, record } = window.diorama.frame;
      const { instanceId: id, area } = record.annotations.instances.toSorted((a, b) => b.area - a.area)[0];
      const pixels = [...instanceId.keys()].filter((i) => instanceId[i] === id);
      const at = pixels[Math.floor(pixels.length / 2)];
      const { left, top, width } = document.querySelector('.frame').getBoundingClientRect();
      const scale = width / record.width;
      const [x, y] = [at % record.width, Math.floor(at / record.width)];
      return { id, area, x, y, left: left + (x + 0.5) * scale, top: top + (y + 0.5) * scale };
    })()`)) as Record<'id' | 'area' | 'x' | 'y' | 'left' | 'top', number>;
    await preview.page.mouse.move(target.left, target.top);
    const readout = await textOf('.readout');
    expect(readout).toContain(`x, y ${target.x}, ${target.y}`);
    expect(readout).toContain(`id ${target.id}`);
    expect(readout).toMatch(/colour \d+ \d+ \d+.*depth \d\.\d{3} m.*normal -?\d\.\d\d/);
    await preview.page.mouse.click(target.left, target.top);
    await preview.settled();
    expect(await preview.page.evaluate('location.hash')).toContain(`selected=${target.id}`);
    expect(await textOf('.details')).toContain(`pixels${target.area}`);
    expect(await textOf('.details')).toMatch(/in the camera.*distance.*visible/s);
  });

  it('draws through an ideal sensor where the chain is switched off', async () => {
    const color = (): Promise<string> =>
      preview.page.evaluate('String(window.diorama.frame.color)') as Promise<string>;
    await preview.go('#frame=1&labels=');
    const whole = await color();
    await preview.page.keyboard.press('e');
    await preview.settled();
    expect(await color()).not.toBe(whole);
    await preview.page.keyboard.press('e');
    await preview.settled();
    expect(await color()).toBe(whole);
  });

  it('follows the config on disk, and shows what is wrong with it over the last picture', async () => {
    await preview.go('#frame=4&labels=boxes');
    await writeFile(config, CONFIG.replace('width: 160', 'width: wide'));
    await preview.page.waitForSelector('.banner');
    expect(await textOf('.banner')).toMatch(/own\.yaml:2:17.*image\.width.*number/s);
    expect(await frameInView()).toBe(4);
    await writeFile(config, CONFIG.replace('width: 160', 'width: 128'));
    await preview.page.waitForFunction('window.diorama.frame.record.width === 128');
    await preview.settled();
    expect(await preview.page.$('.banner')).toBeNull();
    expect(await frameInView()).toBe(4);
    await writeFile(config, CONFIG);
    await preview.page.waitForFunction('window.diorama.frame.record.width === 160');
    await preview.settled();
  });

  it('shows many frames side by side, and opens the one that is clicked', async () => {
    await preview.go('#frame=20&labels=boxes&view=grid');
    await preview.page.waitForFunction(
      'document.querySelectorAll("[data-made=true]").length === 4',
    );
    const numbersInGrid = (): Promise<string[]> =>
      preview.page.$$eval('.cell', (all) => all.map((one) => one.getAttribute('data-frame') ?? ''));
    const numbers = await numbersInGrid();
    expect(numbers).toEqual(['20', '21', '22', '23']);
    const pictures = await preview.page.$$eval('.cell canvas.picture', (all) =>
      all.map((one) => one.toDataURL()),
    );
    expect(new Set(pictures).size).toBe(4);
    const choices = await preview.page.$$eval('#color-by option', (all) =>
      all.map(({ value }) => value),
    );
    expect(choices).toContain('camera.pose.elevationDegrees');
    await preview.page.select('#color-by', 'camera.pose.elevationDegrees');
    expect(await preview.page.$$('.cell[style*=outline]')).toHaveLength(4);
    await preview.page.click('button::-p-text(Random)');
    const shuffled = await numbersInGrid();
    expect(shuffled).toHaveLength(24);
    expect(new Set(shuffled).size).toBe(24);
    expect(shuffled).not.toEqual([...shuffled].sort((a, b) => Number(a) - Number(b)));
    await preview.page.click('button::-p-text(In order)');
    await preview.page.click('.cell[data-frame="22"]');
    await preview.settled();
    expect(await frameInView()).toBe(22);
    expect(await preview.page.evaluate('location.hash')).not.toContain('view=');
  });

  it('pins a value, moves it, tells the difference, saves it, and takes it back', async () => {
    await preview.go('#frame=1&labels=&panel=parameters');
    const path = 'camera.pose.elevationDegrees';
    const draw = `window.diorama.frame.record.sample.draws['${path}']`;
    const drawn = (await preview.page.evaluate(draw)) as number;
    const before = await readFile(config, 'utf8');
    await preview.page.waitForFunction(
      'Number(document.querySelector("#coverage-count").dataset.frames) >= 20',
    );
    expect(await preview.page.$$(`[data-parameter="${path}"] rect`)).toHaveLength(24);
    await preview.page.click(`[data-parameter="${path}"] .pin`);
    const slider = `[data-change="${path}"] input[type=range]`;
    await preview.page.waitForSelector(slider);
    await preview.settled();
    expect(await preview.page.evaluate(draw)).toBeUndefined();
    expect(await textOf(`[data-change="${path}"] .was`)).toContain('"kind":"uniform"');
    const elevation = (): Promise<number> =>
      preview.page.evaluate(`window.diorama.inputs.config.${path}`) as Promise<number>;
    expect(await elevation()).toBe(drawn);
    const pose: unknown = await preview.page.evaluate(
      'window.diorama.frame.record.camera.worldFromCamera',
    );
    await preview.page.focus(slider);
    await preview.page.keyboard.press('End');
    await preview.page.waitForFunction(`window.diorama.inputs.config.${path} > ${drawn}`);
    await preview.settled();
    expect(
      await preview.page.evaluate('window.diorama.frame.record.camera.worldFromCamera'),
    ).not.toEqual(pose);
    await preview.page.$eval('#save-name', (field) => (field as HTMLInputElement).select());
    await preview.page.type('#save-name', 'higher.yaml');
    await preview.page.click('.save button');
    await preview.page.waitForFunction('document.querySelector(".notice").textContent !== ""');
    expect(await textOf('.notice')).toContain('higher.yaml');
    expect(await readFile(join(folder, 'higher.yaml'), 'utf8')).toBe(
      `${before}camera:\n  pose:\n    elevationDegrees: ${await elevation()}\n`,
    );
    expect(await readFile(config, 'utf8')).toBe(before);
    await preview.page.click('#tab-batch');
    expect(await textOf('.batch')).toContain(`--set ${path}=${await elevation()}`);
    await preview.page.click('#tab-parameters');
    await preview.page.click('button::-p-text(Undo all)');
    await preview.page.waitForFunction(`${draw} === ${drawn}`);
    expect(await preview.page.$('.changes')).toBeNull();
  });

  it('has no serious fault of accessibility, in either theme', async () => {
    const axe = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    );
    for (const scheme of ['light', 'dark']) {
      await preview.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const place of ['selected=1', 'panel=parameters', 'panel=batch', 'view=grid']) {
        await preview.go(`#frame=1&labels=masks,boxes,names&${place}`);
        await preview.page.evaluate(axe);
        const found = (await preview.page.evaluate('axe.run()')) as {
          violations: { id: string; impact: string; nodes: { html: string }[] }[];
        };
        const serious = found.violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect(serious, `${scheme}, ${place}`).toEqual([]);
      }
    }
  });

  it('fits a window of 1280 × 720 without a scroll bar of its own', async () => {
    const [width, height] = (await preview.page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
    )) as [number, number];
    expect([width, height]).toEqual([1280, 720]);
  });

  it('said nothing on the console and asked nobody but its own server', () => {
    expect(preview.complaints).toEqual([]);
    expect(preview.strangers).toEqual([]);
  });
});

it('says so where the browser has no WebGL 2', async () => {
  const without = await openTestPreview({ configPath: config });
  try {
    await without.page.evaluateOnNewDocument(
      'HTMLCanvasElement.prototype.getContext = () => null;',
    );
    await without.page.goto(without.url);
    const said = await without.page.waitForSelector('.no-webgl');
    expect(await said?.evaluate((element) => element.textContent)).toMatch(/WebGL 2.*hardware/s);
    expect(without.complaints).toEqual([]);
  } finally {
    await without.close();
  }
});
