import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import { requireBrowser } from '#node/browser/find-browser';
import { closeBrowser, launchBrowser } from '#node/browser/launch-browser';
import type { LaunchedBrowser } from '#node/browser/launch-browser';
import { openPageServer } from '#node/server/page-server';
import { makeFakePage, ownChromium } from '../unit/node/browser/fake-page.ts';

let launched: LaunchedBrowser | null = null;

async function openPage(loopbackPort?: number): Promise<Page> {
  launched = await launchBrowser({
    browser: await requireBrowser(undefined),
    backend: 'swiftshader',
    sandbox: 'auto',
    networkEvents: true,
    loopbackPort,
  });
  return launched.browser.newPage();
}

/** What a statement of the page comes to: its value, or the kind of its failure. */
function outcome(page: Page, expression: string): Promise<unknown> {
  return page.evaluate(
    `(async () => { try { return await (${expression}); } catch (e) { return e.name; } })()`,
  );
}

afterEach(async () => {
  if (launched !== null) await closeBrowser(launched);
  launched = null;
  expect(ownChromium()).toEqual([]);
});

describe('network fence, without any help from a content policy', () => {
  const hits: string[] = [];
  const servers: Server[] = [];
  let home = 0;
  let other = 0;

  async function listen(name: string): Promise<number> {
    const server = createServer((request, response) => {
      // Chromium asks for an icon in its own time, at times after the page has loaded.
      if (request.url !== '/favicon.ico') hits.push(`${name} ${request.url ?? ''}`);
      response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
      response.end('<!doctype html><title>open</title>');
    });
    server.on('upgrade', (_, socket) => {
      hits.push(`${name} upgrade`);
      socket.destroy();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  beforeAll(async () => {
    home = await listen('home');
    other = await listen('other');
  });
  afterAll(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('lets the page reach one port of 127.0.0.1 and nothing else', async () => {
    const page = await openPage(home);
    await page.goto(`http://127.0.0.1:${home}/`);
    hits.length = 0;
    const fetchOf = (url: string): Promise<unknown> =>
      outcome(page, `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => 'reached')`);
    expect(await fetchOf(`http://127.0.0.1:${home}/again`)).toBe('reached');
    for (const url of [
      'http://example.com/',
      'https://example.com/',
      'http://10.255.255.1/',
      'http://169.254.169.254/latest/meta-data',
      `http://127.0.0.1:${other}/`,
      `http://localhost:${home}/`,
      `http://localhost:${other}/`,
      `http://127.0.0.2:${other}/`,
      `http://[::1]:${home}/`,
      `http://0.0.0.0:${other}/`,
      'file:///etc/passwd',
    ]) {
      expect(await fetchOf(url), url).toBe('TypeError');
    }
    const socket = `new Promise((done) => {
      const socket = new WebSocket('ws://127.0.0.1:${other}/');
      socket.onopen = () => done('reached');
      socket.onerror = () => done('refused');
    })`;
    expect(await outcome(page, socket)).toBe('refused');
    await expect(page.goto(`http://127.0.0.1:${other}/`)).rejects.toThrow('ERR_PROXY');
    expect(hits).toEqual(['home /again']);
  });

  it('is what stands between: the other port answers when it is the one that is open', async () => {
    const page = await openPage(other);
    expect((await page.goto(`http://127.0.0.1:${other}/`))?.status()).toBe(200);
    await expect(page.goto(`http://127.0.0.1:${home}/`)).rejects.toThrow('ERR_PROXY');
  });

  it('is shut altogether without a port', async () => {
    const page = await openPage();
    await expect(page.goto(`http://127.0.0.1:${home}/`)).rejects.toThrow('ERR_PROXY');
  });
});

/** Code of a scene, as the page may import it. Evaluating from outside would pass the policy by. */
const MODULES: Readonly<Record<string, string>> = {
  'scene.js': `export * from 'three';`,
  'eval.js': `
    let result;
    try { result = eval('1 + 1'); } catch (error) { result = error.name; }
    export { result };`,
};

describe('the page of our server', () => {
  it('has its module and import map, and may do nothing else', async () => {
    const fake = await makeFakePage();
    const server = await openPageServer({
      pageRoot: fake.pageRoot,
      resolveResource: (key) => {
        const text = MODULES[key];
        const bytes = new TextEncoder().encode(text);
        return Promise.resolve(
          text === undefined ? null : { bytes, contentType: 'text/javascript' },
        );
      },
    });
    try {
      const page = await openPage(server.port);
      await page.goto(server.url);
      expect(await outcome(page, 'globalThis.__diorama.protocol')).toBe(1);
      const scene = JSON.stringify(`${server.basePath}/resources/scene.js`);
      expect(await outcome(page, `import(${scene}).then((m) => m.answer)`)).toBe('187');
      // Images inside a glTF file are fetched from a blob.
      const blob = `fetch(URL.createObjectURL(new Blob(['ok']))).then((r) => r.text())`;
      expect(await outcome(page, blob)).toBe('ok');
      const evil = JSON.stringify(`${server.basePath}/resources/eval.js`);
      expect(await outcome(page, `import(${evil}).then((m) => m.result)`)).toBe('EvalError');
      const inline = `(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.head.append(script);
        return globalThis.inlineRan === true;
      })()`;
      expect(await outcome(page, inline)).toBe(false);
      const worker = `new Promise((done) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
        worker.onmessage = () => done('ran');
        worker.onerror = () => done('refused');
      })`;
      expect(['refused', 'SecurityError']).toContain(await outcome(page, worker));
    } finally {
      await server.close();
      await fake.remove();
    }
  });
});
