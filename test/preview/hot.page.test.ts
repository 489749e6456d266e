import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildForWork, type PageBuilds } from '../../scripts/dev/build-for-work.ts';
import { replaceFile } from '../makers/replace-file.ts';
import { openTestPreview, type TestPreview } from './support/open-test-preview.ts';

/** A copy of the package, so that its code can be edited. */
let root: string;
let builds: PageBuilds;
let preview: TestPreview;

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(root, 'src/preview', file);
  const text = await readFile(path, 'utf8');
  expect(text, file).toContain(from);
  await replaceFile(path, text.replace(from, to));
}

const seen = (condition: string): Promise<unknown> =>
  preview.page.waitForFunction(condition, { polling: 20 });

/** Whether page, frame and WebGL contexts are those of the beginning. */
const isKept = (): Promise<unknown> =>
  preview.page.evaluate(
    'window.kept !== undefined && window.diorama.frame === window.kept && window.contexts === window.contextsThen',
  );

beforeAll(async () => {
  root = `${await mkdtemp(join(tmpdir(), 'diorama-hot-'))}/`;
  for (const name of ['src', 'package.json', 'tsconfig.base.json']) {
    await cp(name, join(root, name), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  const outdir = join(root, 'dist/page');
  builds = await buildForWork({ root, outdir });
  const request = {
    target: 'configs/orbit.yaml',
    sets: ['image.width=96', 'image.height=72'],
  };
  const options = { pageRoot: outdir, module: 'preview/hot.js' };
  preview = await openTestPreview(request, 'mesa', options);
  await builds.follow((change) => preview.tell({ type: 'page', change }));
});
afterAll(async () => {
  await builds?.dispose();
  await preview?.close();
  await rm(root, { recursive: true, force: true });
});

it('exchanges styles and views in place, and loads again for the rest', async () => {
  await preview.page.evaluateOnNewDocument(`
    window.contexts = 0;
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      if (kind === 'webgl2') window.contexts += 1;
      return getContext.call(this, kind, ...more);
    };
  `);
  await preview.go('#frame=3&labels=boxes&selected=1');
  await preview.page.evaluate(
    'window.kept = window.diorama.frame; window.contextsThen = window.contexts;',
  );
  expect(await preview.page.evaluate('window.contexts')).toBeGreaterThan(0);

  await edit('styles/layout.css', '.header {', '.header { letter-spacing: 7px;');
  await seen('getComputedStyle(document.querySelector(".header")).letterSpacing === "7px"');
  expect(await isKept()).toBe(true);

  await edit('view/timeline.tsx', '<span>Frame</span>', '<span>Picture</span>');
  await seen('document.querySelector(".timeline").textContent.includes("Picture")');
  expect(await isKept()).toBe(true);
  await preview.page.keyboard.press('ArrowRight');
  await preview.settled();
  expect(await preview.page.$eval('#frame', (field) => (field as HTMLInputElement).value)).toBe(
    '4',
  );

  await edit('store/overlay-list.ts', "title: 'Boxes'", "title: 'Outlines'");
  await seen('document.querySelector("[data-overlay=boxes]")?.textContent.includes("Outlines")');
  await preview.settled();
  expect(await isKept()).toBe(false);
  expect(await preview.page.evaluate('window.diorama.frame.record.frame')).toBe(4);
  expect(preview.complaints).toEqual([]);
  expect(preview.strangers).toEqual([]);
});
