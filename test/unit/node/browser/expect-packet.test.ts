import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectPacket } from '#node/browser/expect-packet';
import type { PacketFiles } from '#node/browser/packet-files';
import { openPageServer, type PageServer } from '#node/server/page-server';
import { maxPacketBytes } from '#shared/protocol/frame-packet';
import { makeFakePage, makePlan } from './fake-page.ts';

let fake: Awaited<ReturnType<typeof makeFakePage>>;
let server: PageServer;
beforeAll(async () => {
  fake = await makeFakePage();
  const { pageRoot } = fake;
  server = await openPageServer({ pageRoot, resolveResource: () => Promise.resolve(null) });
});
afterAll(async () => {
  await server.close();
  await fake.remove();
});

/** Files that hold their own number. */
function makeFiles(): PacketFiles {
  const free = [4, 5];
  return {
    take: () => free.shift() ?? null,
    giveBack: (file) => free.push(file),
    read: (file, bytes) => Promise.resolve(new Uint8Array(bytes).fill(file)),
  };
}

const plan = makePlan(1);
const onBegin = undefined;

describe('a packet that is on its way', () => {
  it('comes from its file', async () => {
    const files = makeFiles();
    const coming = expectPacket(plan, { server, files, onBegin });
    expect(await coming.take({ bytesInFile: 3 })).toEqual(new Uint8Array([4, 4, 4]));
    coming.release(true);
    expect([files.take(), files.take()]).toEqual([5, 4]);
  });

  it('has its file to itself for ever where the page did not answer', () => {
    const files = makeFiles();
    expectPacket(plan, { server, files, onBegin }).release(false);
    expect([files.take(), files.take()]).toEqual([5, null]);
  });

  it('has a ticket alone where no file is free', async () => {
    const { target, take } = expectPacket(plan, { server, files: null, onBegin });
    expect(target.file).toBeNull();
    const url = `${server.origin}${server.basePath}/packets/${target.ticket}`;
    const headers = { origin: server.origin };
    await fetch(url, { method: 'POST', headers, body: new Uint8Array([1, 2]) });
    expect(await take({ posted: true, because: null })).toEqual(new Uint8Array([1, 2]));
  });

  it.each([
    ['longer than its plan allows', maxPacketBytes(plan) + 1],
    ['no number of bytes', Number.NaN],
  ])('is refused where it is %s', async (_, bytesInFile) => {
    const coming = expectPacket(plan, { server, files: makeFiles(), onBegin });
    const taking = coming.take({ bytesInFile });
    await expect(taking).rejects.toMatchObject({ failure: 'internal' });
    await expect(taking).rejects.toThrow(
      `at most ${maxPacketBytes(plan)} bytes in file 4, and has ${bytesInFile}`,
    );
  });

  it('is missed where the page says that it was posted, and it was not', async () => {
    const coming = expectPacket(plan, { server, files: makeFiles(), onBegin });
    const taking = coming.take({ posted: true, because: 'full' });
    await expect(taking).rejects.toMatchObject({ failure: 'internal' });
    await expect(taking).rejects.toThrow('its packet did not arrive');
  });
});
