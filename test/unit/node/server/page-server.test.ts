import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BrowserError } from '#shared/core/errors';
import { openPageServer } from '#node/server/page-server';
import type { PageServer } from '#node/server/page-server';
import { requestSegments, resourceKey } from '#node/server/request-path';

type Reply = Readonly<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>;
type Send = Readonly<{ method?: string; headers?: Record<string, string>; body?: Uint8Array }>;

let folder = '';
let server: PageServer;

/** Sends the path as it is written: `fetch` would tidy it up first. */
function send(path: string, { method = 'GET', headers = {}, body }: Send = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, path, method, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const statusOf = async (path: string, options?: Send): Promise<number> =>
  (await send(path, options)).status;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-test-'));
  await mkdir(join(folder, 'page', 'chunks'), { recursive: true });
  await writeFile(join(folder, 'page', 'main.js'), 'export {};');
  await writeFile(join(folder, 'page', 'chunks', 'a.js'), '1;');
  await writeFile(join(folder, 'page', 'notes.txt'), 'not for the page');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await symlink(join(folder, 'secret.js'), join(folder, 'page', 'link.js'));
  server = await openPageServer({
    pageRoot: join(folder, 'page'),
    resolveResource: (key) => {
      if (key === 'crate/a b.bin') {
        return Promise.resolve({
          bytes: Uint8Array.of(65, 66),
          contentType: 'x/y',
          immutable: true,
        });
      }
      if (key === 'file') {
        return Promise.resolve({ path: join(folder, 'secret.js'), contentType: 'text/plain' });
      }
      if (key === 'gone') {
        return Promise.resolve({ path: join(folder, 'gone'), contentType: 'text/plain' });
      }
      if (key === 'never') return new Promise(() => undefined);
      if (key === 'broken') return Promise.reject(new Error('asset "x" is corrupt'));
      return Promise.resolve(null);
    },
  });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('page', () => {
  it('is generated, with a policy whose nonce is fresh and matches', async () => {
    const first = await send(`${server.basePath}/`);
    const second = await send(`${server.basePath}/`);
    const nonceOf = (reply: Reply): string => /nonce="([^"]+)"/.exec(reply.text)?.[1] ?? '';
    expect(first.status).toBe(200);
    expect(first.headers['content-security-policy']).toContain(
      `default-src 'none'; script-src 'self' 'nonce-${nonceOf(first)}' 'wasm-unsafe-eval';`,
    );
    expect(first.headers['content-security-policy']).toContain("worker-src 'self'");
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(first.text).toContain(`{"imports":{"three":"${server.basePath}/page/three.js"}}`);
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('has its scripts, below its folder alone', async () => {
    const main = await send(`${server.basePath}/page/main.js`);
    expect(main).toMatchObject({ status: 200, text: 'export {};' });
    expect(main.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(await statusOf(`${server.basePath}/page/chunks/a.js`)).toBe(200);
    for (const path of [
      'page/../secret.js',
      'page/..%2fsecret.js',
      'page/%2e%2e/secret.js',
      'page/chunks/../../../secret.js',
      'page/..%5csecret.js',
      'page/link.js',
      'page/notes.txt',
      'page/main.js%00.js',
      'page//main.js',
      'page/',
      'page',
      'other',
    ]) {
      expect(await statusOf(`${server.basePath}/${path}`), path).toBe(404);
    }
  });

  it('must have been built', async () => {
    const missing = openPageServer({
      pageRoot: join(folder, 'nowhere'),
      resolveResource: () => Promise.resolve(null),
    });
    await expect(missing).rejects.toThrow(BrowserError);
    await expect(missing).rejects.toThrow('npm run build');
  });
});

describe('pages that are let in', () => {
  /** Asks without waiting for an answer. */
  const ask = (path: string): ReturnType<typeof request> => {
    const asked = request({ host: '127.0.0.1', port: server.port, path });
    asked.on('error', () => undefined).end();
    return asked;
  };

  it('have prefixes of their own, and requests that are told apart until they end', async () => {
    const [first, second] = [server.admit(), server.admit()];
    expect(new Set([server.basePath, first.basePath, second.basePath]).size).toBe(3);
    expect((await send(`${second.basePath}/`)).text).toContain(`${second.basePath}/page/three.js`);
    const asked = ['never', 'never?again'].map((key) => ask(`${first.basePath}/resources/${key}`));
    await expect.poll(first.openRequests).toHaveLength(2);
    expect(first.openRequests()).toEqual(['GET /resources/never', 'GET /resources/never?again']);
    expect(await statusOf(`${second.basePath}/resources/file`)).toBe(200);
    await expect.poll(second.openRequests).toEqual([]);
    asked[0]?.destroy();
    await expect.poll(first.openRequests).toEqual(['GET /resources/never?again']);
    await server.close();
    await expect.poll(first.openRequests).toEqual([]);
  });
});

describe('strangers', () => {
  it('get nothing without the token', async () => {
    const wrong = `/${'A'.repeat(server.basePath.length - 1)}`;
    for (const path of [
      '/',
      '/page/main.js',
      `${wrong}/`,
      server.basePath,
      `${server.basePath}x/`,
    ]) {
      expect(await statusOf(path), path).toBe(404);
    }
    expect(server.basePath.length).toBeGreaterThan(40);
  });

  it('are refused under another host, as after DNS rebinding', async () => {
    for (const host of [`localhost:${server.port}`, 'evil.example', `127.0.0.1:1`, '127.0.0.1']) {
      expect(await statusOf(`${server.basePath}/`, { headers: { host } }), host).toBe(403);
    }
  });

  it('are refused from another origin', async () => {
    const path = `${server.basePath}/packets/t`;
    for (const origin of ['https://evil.example', 'null', `http://localhost:${server.port}`]) {
      const headers = { origin };
      expect(await statusOf(path, { method: 'POST', headers }), origin).toBe(403);
      expect(await statusOf(`${server.basePath}/`, { headers }), origin).toBe(403);
    }
    expect(await statusOf(path, { method: 'POST' }), 'no origin').toBe(403);
  });

  it('may only GET', async () => {
    const headers = { origin: server.origin };
    expect(await statusOf(`${server.basePath}/`, { method: 'POST', headers })).toBe(405);
    expect(await statusOf(`${server.basePath}/page/main.js`, { method: 'DELETE' })).toBe(405);
    expect(await statusOf(`${server.basePath}/packets/t`)).toBe(405);
  });
});

describe('resources', () => {
  it('come from memory or a file, by a key with escapes', async () => {
    const bytes = await send(`${server.basePath}/resources/crate/a%20b.bin`);
    expect(bytes).toMatchObject({ status: 200, text: 'AB' });
    expect(bytes.headers).toMatchObject({
      'content-type': 'x/y',
      'content-length': '2',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(await statusOf(`${server.basePath}/resources/crate%2Fa%20b.bin`)).toBe(200);
    const file = await send(`${server.basePath}/resources/file`);
    expect(file).toMatchObject({ status: 200, text: 'secret' });
    expect(file.headers['cache-control']).toBe('no-store');
  });

  it('fail with the reason', async () => {
    expect(await statusOf(`${server.basePath}/resources/unknown`)).toBe(404);
    expect(await statusOf(`${server.basePath}/resources/a/../file`)).toBe(404);
    expect(await send(`${server.basePath}/resources/broken`)).toMatchObject({
      status: 500,
      text: 'asset "x" is corrupt\n',
    });
    expect(await statusOf(`${server.basePath}/resources/gone`)).toBe(500);
  });
});

describe('packets', () => {
  const post = (ticket: string, body: Uint8Array): Promise<Reply> =>
    send(`${server.basePath}/packets/${ticket}`, {
      method: 'POST',
      headers: { origin: server.origin, 'content-length': String(body.byteLength) },
      body,
    });

  it('reach whoever awaits them, in memory of their own until it is recycled, once', async () => {
    const body = new Uint8Array(3_000_000).map((_, index) => index * 31);
    const awaited = server.expectPacket('t1', body.byteLength);
    expect((await post('t1', body)).status).toBe(204);
    const packet = await awaited;
    expect([packet.byteOffset, packet.byteLength]).toEqual([0, body.byteLength]);
    expect(Buffer.compare(packet, body)).toBe(0);
    expect((await post('t1', body)).status).toBe(404);
    server.memory.giveBack(packet.buffer);
    const next = server.expectPacket('t1', body.byteLength);
    await post('t1', body.subarray(0, 100));
    expect((await next).buffer).toBe(packet.buffer);
  });

  it('are refused when longer than agreed, and whoever awaits them hears of it', async () => {
    const awaited = server.expectPacket('t2', 15);
    const heard = expect(awaited).rejects.toThrow('expected at most 15 bytes, got 16');
    expect((await post('t2', new Uint8Array(16))).status).toBe(413);
    await heard;
  });

  it('are refused without a length', async () => {
    const awaited = server.expectPacket('t3', 15);
    const heard = expect(awaited).rejects.toThrow('no Content-Length');
    const headers = { origin: server.origin, 'transfer-encoding': 'chunked' };
    const path = `${server.basePath}/packets/t3`;
    expect(await statusOf(path, { method: 'POST', headers, body: new Uint8Array(4) })).toBe(411);
    await heard;
  });

  it('that break off fail', async () => {
    const awaited = server.expectPacket('t4', 100);
    const heard = expect(awaited).rejects.toMatchObject({ failure: 'lost' });
    const outgoing = request({
      host: '127.0.0.1',
      port: server.port,
      path: `${server.basePath}/packets/t4`,
      method: 'POST',
      headers: { origin: server.origin, 'content-length': '100' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(new Uint8Array(10), () => outgoing.destroy());
    await heard;
  });

  it('are dropped when nobody waits any more', async () => {
    const withdraw = new AbortController();
    const awaited = server.expectPacket('t5', 4, { signal: withdraw.signal });
    withdraw.abort();
    await expect(awaited).rejects.toMatchObject({ failure: 'lost' });
    expect((await post('t5', new Uint8Array(4))).status).toBe(404);
    const last = server.expectPacket('t6', 4);
    const heard = expect(last).rejects.toThrow('server was closed');
    await server.close();
    await heard;
  });
});

describe('paths', () => {
  it('are taken as they are or refused', () => {
    expect(requestSegments('/t/page/a%20b.js?x=/../y')).toEqual(['t', 'page', 'a b.js']);
    for (const path of ['', 'x', '/a/..', '/a/%2e', '/a%2fb', '/a%5cb', '/%00', '/%zz']) {
      expect(requestSegments(path), path).toBeNull();
    }
    expect(resourceKey('/t/resources/a/b%2Fc?d', 2)).toBe('a/b/c');
    for (const path of ['/t/resources/', '/t/resources/a%2f..%2fb', '/t/resources/a//b']) {
      expect(resourceKey(path, 2), path).toBeNull();
    }
  });
});
