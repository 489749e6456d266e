import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPreview, type Preview } from '#node/preview/open-preview';
import { UsageError } from '#shared/core/errors';
import type { PreviewEvent, PreviewState } from '#shared/protocol/preview-api';
import { replaceFile } from '../../../makers/replace-file.ts';

const CONFIG = `extends: ${resolve('configs/tabletop.yaml')}\nframes: 3\n`;

let folder: string;
let config: string;
let preview: Preview;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-test-'));
  config = join(folder, 'own.yaml');
  await mkdir(join(folder, 'page', 'preview'), { recursive: true });
  await writeFile(join(folder, 'page', 'main.js'), 'export {};');
  await writeFile(join(folder, 'page', 'preview', 'main.css'), 'body {}');
  await writeFile(config, CONFIG);
  preview = await openPreview({
    request: { target: config, sets: ['image.width=64'] },
    pageRoot: join(folder, 'page'),
  });
});
afterEach(async () => {
  await preview.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string): Promise<Response> => fetch(`${preview.url}${path}`);
/** Posts as the page does: from its own origin. */
const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${preview.url}api/${path}`, {
    method: 'POST',
    headers: { origin: new URL(preview.url).origin },
    body: JSON.stringify(body),
  });
const state = async (): Promise<PreviewState> =>
  (await (await get('api/state')).json()) as PreviewState;

/** Status of a request whose headers `fetch` would not send. */
function statusWith(headers: Record<string, string>, method = 'GET'): Promise<number> {
  const { port, pathname } = new URL(`${preview.url}api/state`);
  return new Promise((done, failed) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: pathname, method, headers },
      (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      },
    );
    outgoing.on('error', failed);
    outgoing.end();
  });
}

/** The first wanted state that an event tells of after `act`. */
async function stateAfter(
  act: () => Promise<void>,
  isWanted: (state: PreviewState) => boolean,
): Promise<PreviewState> {
  const response = await get('api/events');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await act();
  for (;;) {
    const { value = '', done } = (await reader?.read()) ?? { done: true };
    if (done) throw new Error('the stream ended');
    const data = /^data: (.*)$/m.exec(value)?.[1];
    if (data === undefined) continue;
    expect((JSON.parse(data) as PreviewEvent).type).toBe('state');
    // A load that ended late may be told of as well.
    const told = await state();
    if (!isWanted(told)) continue;
    await reader?.cancel();
    return told;
  }
}

describe('the server of the preview', () => {
  it('serves its document, which takes nothing from elsewhere', async () => {
    const answer = await get('');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
    expect(await answer.text()).toContain('preview/main.js');
    expect((await get('page/preview/main.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('tells the inputs, and the flags that they came with', async () => {
    const { inputs, problem, sets, assetFolders, changes, configPath } = await state();
    expect(inputs?.config).toMatchObject({ frames: 3, image: { width: 64 } });
    expect({ problem, sets, assetFolders, changes, configPath }).toEqual({
      problem: null,
      sets: ['image.width=64'],
      assetFolders: [],
      changes: [],
      configPath: config,
    });
  });

  it('answers nobody who has another host, origin or no token, and nothing that it does not have', async () => {
    expect(await statusWith({ host: 'evil.example' })).toBe(403);
    expect(await statusWith({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusWith({}, 'POST')).toBe(403);
    const { origin } = new URL(preview.url);
    expect((await fetch(`${origin}/api/state`)).status).toBe(404);
    for (const path of ['api/', 'api/nothing', 'api/state/more', 'api/constructor']) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get('resources/..%2Fown.yaml')).status).toBe(404);
  });

  it('lays changes over the config, shows what they replaced, and takes them away again', async () => {
    const kelvin = { path: 'vars.kelvin', value: 4000 };
    const changed = (await (await post('changes', { changes: [kelvin] })).json()) as PreviewState;
    expect(changed.inputs?.config.vars['kelvin']).toBe(4000);
    expect(changed.changes).toMatchObject([{ ...kelvin, was: { kind: 'normal', mean: 5000 } }]);
    expect(changed.sets).toEqual(['image.width=64', 'vars.kelvin=4000']);
    await post('changes', { changes: [{ path: 'vars.kelvin.mean', value: 'warm' }] });
    const broken = await state();
    expect(broken.problem?.issues).toMatchObject([
      { source: '--set vars.kelvin.mean', path: 'vars.kelvin.mean' },
    ]);
    expect(broken.inputs?.config.vars['kelvin']).toBe(4000);
    await post('changes', { changes: [] });
    expect((await state()).inputs?.config.vars['kelvin']).toMatchObject({ kind: 'normal' });
    expect(await readFile(config, 'utf8')).toBe(CONFIG);
  });

  it.each([
    [{ changes: 3 }, 'expected a list of changes, found 3'],
    [{ changes: [{ path: 'a..b', value: 1 }] }, 'expected a path such as'],
    [{ changes: [{ path: 'frames' }] }, 'expected a value'],
    [[], 'expected a list of changes'],
  ])('refuses %j as changes', async (body, message) => {
    const answer = await post('changes', body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(message);
    expect((await state()).changes).toEqual([]);
  });

  it('saves what is in view as a new config, with the flags, and no other file', async () => {
    await post('changes', { changes: [{ path: 'frames', value: 5 }] });
    const answer = await post('save', { name: 'closer.yaml', seed: 'mine' });
    expect(await answer.json()).toEqual({ path: join(folder, 'closer.yaml') });
    const saved = await readFile(join(folder, 'closer.yaml'), 'utf8');
    expect(saved).toBe(`${CONFIG.replace('3', '5')}image:\n  width: 64\nseed: mine\n`);
    for (const name of ['closer.yaml', '../out.yaml', 'no-config.txt', '']) {
      const refused = await post('save', { name, seed: null });
      expect(refused.status, name).toBe(400);
    }
    expect((await readdir(folder)).sort()).toEqual(['closer.yaml', 'own.yaml', 'page']);
  });

  it('tells of a change, with what is wrong and where, and of its mending', async () => {
    const before = (await state()).inputsRevision;
    const write = (text: string) => () => replaceFile(config, text);
    const broken = await stateAfter(write(`${CONFIG}imag: 3\n`), ({ problem }) => problem !== null);
    expect(broken.problem?.issues).toMatchObject([
      { source: config, position: { line: 3, column: 1 }, path: 'imag' },
    ]);
    expect(broken.inputs?.config.frames).toBe(3);
    expect(broken.inputsRevision).toBe(before);
    const mended = await stateAfter(
      write(CONFIG.replace('3', '4')),
      ({ problem }) => problem === null,
    );
    expect(mended.inputs?.config.frames).toBe(4);
    expect(mended.inputsRevision).toBeGreaterThan(before);
  });
});

it('a config that is not there is a mistake on the command line', async () => {
  const missing = openPreview({ request: { target: join(folder, 'gone.yaml') } });
  await expect(missing).rejects.toThrow(UsageError);
});

it('a port that is taken is named', async () => {
  const { port } = new URL(preview.url);
  const second = openPreview({
    request: { target: config },
    port: Number(port),
    pageRoot: join(folder, 'page'),
  });
  await expect(second).rejects.toThrow(`port ${port} of 127.0.0.1 is not free`);
});
