import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDataset } from '#node/run/render-dataset';
import { formatFrames } from '#shared/core/format-frames';
import { OVERLAY_NAMES } from '#shared/draw/overlays';
import { OVERLAY_GROUPS } from '#preview/store/overlay-list';
import { replaceFile } from '../makers/replace-file.ts';
import { openTestPreview, WINDOW, type TestPreview } from './support/open-test-preview.ts';

const SMALL_WINDOW = { width: 700, height: 480 };

/** Small, moving and with everything that overlays draw but parts. */
const CONFIG = `extends: ${resolve('configs/orbit.yaml')}
image: { width: 96, height: 72 }
keypoints:
  ball: { names: [top, base], skeleton: [[top, base]], points: { top: [0, 0.1, 0], base: [0, 0, 0] } }
`;

let folder: string;
let config: string;
let preview: TestPreview;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-preview-'));
  await mkdir(join(folder, 'configs'));
  config = join(folder, 'configs', 'own.yaml');
  await writeFile(config, CONFIG);
  const browser = { gl: 'mesa', workers: 1 } as const;
  preview = await openTestPreview({ target: config }, 'mesa', { project: folder, browser });
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

const eyeInAddress = (): Promise<string | null> =>
  preview.page.evaluate('new URLSearchParams(location.hash.slice(1)).get("eye")') as Promise<
    string | null
  >;

/** Files of a dataset by their hashes; the one with clocks in it left out. */
async function filesOf(dataset: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(dataset, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && entry.name !== 'run.json');
  const hashes = files.map(async ({ parentPath, name }): Promise<[string, string]> => {
    const path = join(parentPath, name);
    const hash = createHash('sha256').update(await readFile(path));
    return [relative(dataset, path), hash.digest('hex')];
  });
  return Object.fromEntries((await Promise.all(hashes)).sort());
}

/** Labels that the config under test has none of: no parts, no depth sensor, no lidar, no pair of cameras. */
const ABSENT: ReadonlySet<string> = new Set(['parts', 'measured-depth', 'lidar', 'disparity']);

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
    await new Promise((done) => setTimeout(done, 300));
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
      expect(missing, name).toBe(ABSENT.has(name));
      const drawn = await labelsInView();
      expect(seen.has(drawn), `${name} draws what nothing before did`).toBe(ABSENT.has(name));
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
    await replaceFile(config, CONFIG.replace('width: 96', 'width: wide'));
    await preview.page.waitForSelector('.banner');
    expect(await textOf('.banner')).toMatch(/own\.yaml:2:17.*image\.width.*number/s);
    expect(await frameInView()).toBe(4);
    await replaceFile(config, CONFIG.replace('width: 96', 'width: 80'));
    await preview.page.waitForFunction('window.diorama.frame.record.width === 80');
    await preview.settled();
    expect(await preview.page.$('.banner')).toBeNull();
    expect(await frameInView()).toBe(4);
    await replaceFile(config, CONFIG);
    await preview.page.waitForFunction('window.diorama.frame.record.width === 96');
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
    await preview.page.click('#tab-batch');
    // What would be rendered is what is seen: the first of them, in their own order.
    const count = Number(await preview.page.$eval('#batch-count', (field) => (field as HTMLInputElement).value)); // prettier-ignore
    const seen = shuffled.slice(0, count).sort((a, b) => Number(a) - Number(b));
    expect(count).toBeGreaterThan(3);
    expect(await textOf('#batch-frames')).toBe(
      `Those that the grid shows: ${formatFrames(seen.map(Number))}`,
    );
    await preview.page.click('#tab-labels');
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
      'Number(document.querySelector(".coverage-count [data-rows]").dataset.rows) >= 20',
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
    // A hand on the slider gets drafts, and the whole picture once it lets go.
    const slide = (event: string): Promise<void> =>
      preview.page.$eval(
        slider,
        (element, name) => {
          const input = element;
          input.value = String((Number(input.min) + Number(input.max)) / 2);
          input.dispatchEvent(new Event(name, { bubbles: true }));
        },
        event,
      );
    await slide('input');
    await preview.page.waitForFunction('window.diorama.frame.draft');
    await preview.settled();
    expect(await textOf('.draft-mark')).toBe('Draft, 96 × 72');
    await slide('change');
    await preview.page.waitForFunction('!window.diorama.frame.draft');
    expect(await preview.page.$('.draft-mark')).toBeNull();
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
    // It goes away by itself: it is read where it is seen.
    const notice = await preview.page.waitForFunction(
      'document.querySelector(".notice").textContent',
      { polling: 'mutation' },
    );
    expect(await notice.jsonValue()).toContain('higher.yaml');
    expect(await readFile(join(folder, 'configs', 'higher.yaml'), 'utf8')).toBe(
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

  it('looks at the scene by a free camera, with what stands behind the frame', async () => {
    // A software rasteriser draws all of the stage: a small one will do.
    await preview.page.setViewport(SMALL_WINDOW);
    await preview.go('#frame=9&labels=boxes&view=scene');
    for (const kind of ['sensor', 'region', 'areas', 'lights', 'paths']) {
      expect(await preview.page.$(`.gizmos .gizmo-${kind} path`), kind).not.toBeNull();
    }
    await preview.page.waitForSelector('.gizmos .gizmo-views .dots');
    await preview.page.click('[data-gizmos=areas]');
    expect(await preview.page.$('.gizmos .gizmo-areas')).toBeNull();
    expect(await eyeInAddress()).toBeNull();
    await preview.page.focus('.scene');
    await preview.page.keyboard.press('ArrowRight');
    await preview.settled();
    const turned = await eyeInAddress();
    await preview.page.mouse.move(200, 200);
    await preview.page.mouse.down();
    await preview.page.mouse.move(240, 220, { steps: 2 });
    await preview.page.mouse.up();
    await preview.settled();
    expect(await eyeInAddress()).not.toBe(turned);
    await preview.page.keyboard.press('x');
    await preview.settled();
    // From the sensor's place both look along one ray: what it meets is as far away.
    const [free, own] = (await preview.page.evaluate(`(() => {
      const { scene: { buffers }, frame: { depth, record } } = window.diorama;
      const middle = ({ width, height }, of) => of[Math.floor(height / 2) * width + Math.floor(width / 2)];
      return [middle(buffers, buffers.depth), middle(record, depth)];
    })()`)) as [number, number];
    expect(own).toBeGreaterThan(0.3);
    expect(Math.abs(free - own)).toBeLessThan(0.03 * own);
    await preview.page.keyboard.press('Home');
    expect(await eyeInAddress()).toBeNull();
    await preview.page.keyboard.press('c');
    await preview.settled();
    expect(await preview.page.$('.scene')).toBeNull();
    expect(await frameInView()).toBe(9);
    await preview.page.setViewport(WINDOW);
  });

  it('plots what frames draw: pairs, and the cameras on their sphere', async () => {
    await preview.go('#frame=1&labels=&view=coverage');
    await preview.page.waitForFunction(
      'Number(document.querySelector(".coverage-count [data-rows]").dataset.rows) >= 40',
    );
    await preview.page.select('#axis-x', 'camera.pose.elevationDegrees');
    await preview.page.select('#axis-y', 'camera.pose.radiusMeters');
    const [scatter = '', globe = ''] = await preview.page.$$eval('.plot svg', (all) =>
      all.map((one) => one.getAttribute('aria-label') ?? ''),
    );
    expect(scatter).toMatch(/^camera\.pose\.radiusMeters against .*: \d+ frames, correlation -?0/);
    expect(globe).toMatch(/on the sphere about their targets: elevation .*°, distance .* m/);
    const before = await attribute('.globe .net', 'd');
    await preview.page.$eval('.globe', (element) => (element as SVGElement).focus());
    await preview.page.keyboard.press('ArrowRight');
    await preview.page.waitForFunction(
      `document.querySelector('.globe .net').getAttribute('d') !== ${JSON.stringify(before)}`,
    );
  });

  it('renders frames by the batch, byte for byte, and browses what it wrote', async () => {
    await preview.go('#frame=8&labels=masks,boxes&panel=batch');
    const made = await labelsInView();
    await preview.page.$eval('#batch-count', (field) => {
      (field as HTMLInputElement).value = '2';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await preview.page.click('.render-now [type=submit]');
    await preview.page.waitForSelector('.batch-run[data-phase=complete]');
    const written = join(folder, 'out', 'orbit-frames-8-9');
    await renderDataset({
      ...{ configPath: config, folder: join(folder, 'again'), range: { first: 8, last: 9 } },
      ...{ gl: 'mesa', workers: 1 },
    });
    expect(await filesOf(written)).toEqual(await filesOf(join(folder, 'again')));
    await preview.page.click('.render-now [type=submit]');
    await preview.page.waitForSelector('.render-now [role=alert]');
    expect(await textOf('.render-now [role=alert]')).toContain('is there already');

    await preview.page.click('.batch-run button');
    await preview.page.waitForFunction('window.diorama.frame?.plan === null');
    await preview.settled();
    expect(await frameInView()).toBe(8);
    expect(await labelsInView()).toBe(made);
    const seen = new Set([made]);
    for (const [label, isThere] of [
      ['depth', true],
      ['semantic', true],
      ['flow', true],
      ['parts', false],
    ] as const) {
      // prettier-ignore
      await preview.go(`#frame=8&labels=${label}&panel=batch`);
      await preview.page.waitForFunction('window.diorama.frame?.plan === null');
      await preview.settled();
      const drawn = await labelsInView();
      if (isThere) expect(seen.has(drawn), label).toBe(false);
      seen.add(drawn);
    }
    await preview.page.keyboard.press('ArrowRight');
    await preview.settled();
    expect(await frameInView()).toBe(9);
    await preview.page.select('#filter-parameter', 'camera.pose.radiusMeters');
    await preview.page.waitForSelector('#filter-least');
    await preview.page.$eval('#filter-least', (field) => {
      (field as HTMLInputElement).value = '9';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(await textOf('#chosen-count')).toBe('No frame is like that.');
    await preview.page.select('#filter-parameter', '');
    expect(await textOf('#chosen-count')).toBe('2 of 2 frames');
    const depth = (await readdir(join(written, 'labels', 'depth')))[0] ?? '';
    await rm(join(written, 'labels', 'depth', depth));
    await preview.page.keyboard.press('Home');
    await preview.page.waitForSelector('.faults');
    expect(await textOf('.faults')).toMatch(/frame 8: .*depth.*found none/);
    await preview.go('#frame=8&labels=boxes&view=grid');
    await preview.page.waitForFunction(
      'document.querySelectorAll("[data-made=true]").length === 2',
    );

    await preview.page.click('.header .path');
    const choice = await preview.page.waitForSelector(`.choice[data-path="${config}"]`);
    await choice?.click();
    await preview.page.waitForFunction('window.diorama.inputs !== null');
    await preview.page.keyboard.press('Escape');
    await preview.settled();
    expect(await frameInView()).toBe(0);
  });

  it('has no serious fault of accessibility, in either theme', async () => {
    const axe = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    );
    await preview.page.evaluate(axe);
    const serious = async (rules = ''): Promise<readonly string[]> => {
      const found = (await preview.page.evaluate(`axe.run(document, ${rules || '{}'})`)) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[];
      };
      return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    await preview.page.setViewport(SMALL_WINDOW);
    const places = ['selected=1', 'view=grid&panel=batch', 'view=scene', 'view=coverage&panel=parameters']; // prettier-ignore
    for (const place of places) {
      await preview.go(`#frame=1&labels=masks,boxes,names&${place}`);
      await preview.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
      expect(await serious(), place).toEqual([]);
      await preview.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      expect(await serious('{ runOnly: ["color-contrast"] }'), `dark, ${place}`).toEqual([]);
    }
    await preview.page.click('.header .path');
    await preview.page.waitForSelector('.choice');
    expect(await serious()).toEqual([]);
    await preview.page.click('.header .path');
    await preview.page.setViewport(WINDOW);
  });

  it('fits a window of 1280 × 720 without a scroll bar of its own', async () => {
    const [width, height] = (await preview.page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
    )) as [number, number];
    expect([width, height]).toEqual([1280, 720]);
  });

  it('said nothing on the console and asked nobody but its own server', () => {
    // The folder that was taken, and the file that was deleted.
    const statuses = preview.complaints.map((text) => /status of (\d+)/.exec(text)?.[1] ?? text);
    expect([...new Set(statuses)]).toEqual(['400', '500']);
    expect(preview.strangers).toEqual([]);
  });

  it('says so where the browser has no WebGL 2', async () => {
    const page = await preview.page.browser().newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.evaluateOnNewDocument('HTMLCanvasElement.prototype.getContext = () => null;');
    await page.goto(preview.url);
    const said = await page.waitForSelector('.no-webgl');
    expect(await said?.evaluate((element) => element.textContent)).toMatch(/WebGL 2.*hardware/s);
    expect(errors).toEqual([]);
    await page.close();
  });
});
