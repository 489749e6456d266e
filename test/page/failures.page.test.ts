import type { Document } from '@gltf-transform/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBrowser } from '#node/browser/find-browser';
import { closeBrowser, launchBrowser } from '#node/browser/launch-browser';
import { openPageClient } from '#node/browser/page-client';
import type { PagePool } from '#node/browser/page-pool';
import { openPageServer } from '#node/server/page-server';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { verifyFrame } from '#shared/verify/verify-frame';
import { editGlbJson, makeBoxDocument, TINY_PNG, toGlb } from '../fixtures/assets/make-model.ts';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makeModelPlan } from './support/made-plans.ts';
import { makeShelf } from './support/make-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const SIZE = { width: 32, height: 24 };
const AHEAD = [1, 0, 0, -1, 0, 1, 0, -0.5, 0, 0, 1, -3, 0, 0, 0, 1] as const;

/** A frame that is in order. */
function makeGoodPlan(): FramePlan {
  return makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 50),
    shapes: [{ shape: { kind: 'sphere', radius: 0.5, segments: 24 }, position: [0, 0, -2] }],
  });
}

const codeScene = (body: string, three: string): Uint8Array =>
  Buffer.from(`import { ${three} } from 'three';
export const scene = { name: 'made', build() { ${body} } };`);

const planOfCode = (resource: string, nodeCount: number): FramePlan => ({
  ...makeGoodPlan(),
  stage: { kind: 'code', resource, nodeCount, members: [] },
});

const ONE_BOX = `
  const box = new Mesh(new BoxGeometry(1, 1, 1), new MeshStandardMaterial());
  box.name = 'box';
  box.position.set(0, 0, -3);
  const root = new Group();
  root.name = 'root';
  root.add(box);`;

async function makeTexturedBox(image: Uint8Array): Promise<Uint8Array> {
  const document: Document = makeBoxDocument();
  const texture = document.createTexture('wrap').setImage(image).setMimeType('image/png');
  document.getRoot().listMaterials()[0]?.setBaseColorTexture(texture);
  return toGlb(document);
}

describe.each(BACKENDS)('what goes wrong on %s is said', (backend) => {
  const shelf = makeShelf();
  let pool: PagePool | undefined;
  let good: GBuffers | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend, shelf.resolve);
    good = await renderPlan(pool, makeGoodPlan());
  });
  // Whatever failed, the page has not been lost, and draws what it drew before.
  afterAll(async () => {
    const again = await renderPlan(requireOpen(pool), makeGoodPlan());
    expect(Buffer.compare(again.color, good?.color ?? Buffer.of())).toBe(0);
    expect(pool?.replaced()).toBe(0);
    await pool?.close();
  });
  let made = 0;
  const place = (bytes: Uint8Array, type?: string): string =>
    shelf.put(`resource-${++made}`, bytes, type);
  const script = (bytes: Uint8Array): string => place(bytes, 'text/javascript');

  async function expectFailure(
    plan: FramePlan,
    failure: RenderError['failure'],
    text: RegExp,
  ): Promise<void> {
    const error: unknown = await renderPlan(requireOpen(pool), plan).then(
      () => 'it was rendered',
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RenderError);
    expect(error).toMatchObject({ failure });
    expect((error as RenderError).message).toMatch(text);
  }

  it('a scene without geometry', async () => {
    const plan = { ...makeGoodPlan(), nodes: [] };
    await expectFailure(plan, 'unsupported', /scene is empty.*Add nodes or objects/);
  });

  it('an image wider or higher than the GPU can draw', async () => {
    const limit = requireOpen(pool).report.maxTextureSize;
    for (const size of [
      { width: limit + 1, height: 1 },
      { width: 1, height: limit + 1 },
    ]) {
      const text = new RegExp(`${size.width}×${size.height} exceeds .* ${limit} pixels`);
      await expectFailure({ ...makeGoodPlan(), size }, 'unsupported', text);
    }
  });

  it('models: missing, no GLB, cut off, with a broken image', async () => {
    const planOf = (resource: string): FramePlan =>
      makeModelPlan([
        { resource, worldFromNode: [...AHEAD] as FramePlan['camera']['worldFromCamera'] },
      ]);
    const glb = await toGlb(makeBoxDocument());
    await expectFailure(planOf('nowhere'), 'asset', /resource nowhere could not be loaded.*404/s);
    const cases = [
      Buffer.from('this is not a model'),
      glb.subarray(0, glb.length - 64),
      editGlbJson(glb, (json) => delete json['accessors']),
      await makeTexturedBox(Buffer.from('this is not an image')),
      await makeTexturedBox(TINY_PNG.subarray(0, 30)),
    ];
    for (const bytes of cases) {
      const key = place(bytes);
      await expectFailure(planOf(key), 'asset', new RegExp(`resource ${key} could not be loaded`));
    }
    const whole = await renderPlan(
      requireOpen(pool),
      planOf(place(await makeTexturedBox(TINY_PNG))),
    );
    expect(whole.instanceId.some((id) => id === 1)).toBe(true);
  });

  it('images and environments that are none', async () => {
    const key = place(Buffer.from('nothing to see'), 'image/png');
    const plan = makeGoodPlan();
    const texture = {
      source: { kind: 'images', color: key },
      scaleMeters: 1,
      rotationRadians: 0,
    } as const;
    const painted = {
      ...plan,
      nodes: plan.nodes.map((node) => ({ ...node, material: { texture } })),
    };
    await expectFailure(painted, 'asset', new RegExp(`resource ${key} could not be loaded`));
    for (const format of ['hdr', 'exr'] as const) {
      const map = place(Buffer.from('#?RADIANCE and then nothing'), 'application/octet-stream');
      const lit = { ...plan, environment: { ...plan.environment, map, format } };
      await expectFailure(lit, 'asset', new RegExp(`resource ${map} could not be loaded`));
    }
  });

  it('code scenes: no module, no scene, one that throws, one of another shape', async () => {
    const cases: readonly [Uint8Array, number, RegExp][] = [
      [Buffer.from('export const scene = {'), 2, /could not be loaded/],
      [Buffer.from('export const other = 1;'), 2, /expected `export const scene = defineScene/],
      [codeScene(`throw new TypeError('no such board');`, 'Group'), 2, /no such board/],
      [
        codeScene(`${ONE_BOX} return root;`, 'BoxGeometry, Group, Mesh, MeshStandardMaterial'),
        3,
        /has 2 nodes in the page but 3 in Node/,
      ],
      [
        codeScene(
          `${ONE_BOX} box.material.map = new Texture(); box.material.map.anisotropy = 4; return root;`,
          'BoxGeometry, Group, Mesh, MeshStandardMaterial, Texture',
        ),
        2,
        /"box" has a texture "" of anisotropy 4, expected 1/,
      ],
    ];
    for (const [bytes, nodeCount, text] of cases) {
      await expectFailure(planOfCode(script(bytes), nodeCount), 'asset', text);
    }
  });

  it.each([
    [
      'lines',
      'const thing = new Line(new BoxGeometry(), new LineBasicMaterial());',
      'Line, LineBasicMaterial',
    ],
    [
      'points',
      'const thing = new Points(new BoxGeometry(), new PointsMaterial());',
      'Points, PointsMaterial',
    ],
    ['a sprite', 'const thing = new Sprite(new SpriteMaterial());', 'Sprite, SpriteMaterial'],
    [
      'a custom shader material',
      'const thing = new Mesh(new BoxGeometry(), new ShaderMaterial());',
      'ShaderMaterial',
    ],
  ])('a scene with %s, which labels cannot match, by name', async (kind, make, imports) => {
    const body = `${ONE_BOX} ${make} thing.name = 'wire'; root.add(thing); return root;`;
    const bytes = codeScene(body, `BoxGeometry, Group, Mesh, MeshStandardMaterial, ${imports}`);
    const text = new RegExp(`"wire" (holds|uses) ${kind}, which labels cannot match`);
    await expectFailure(planOfCode(script(bytes), 3), 'unsupported', text);
  });

  it('a shader that does not compile, each time, and only where it is used', async () => {
    const body = `${ONE_BOX} box.material.defines = { ...box.material.defines, vViewPosition: '@' }; return root;`;
    const plan = planOfCode(
      script(codeScene(body, 'BoxGeometry, Group, Mesh, MeshStandardMaterial')),
      2,
    );
    for (let time = 0; time < 2; time++) {
      await expectFailure(plan, 'shader', /a shader failed to compile/);
      const between = await renderPlan(requireOpen(pool), makeGoodPlan());
      expect(Buffer.compare(between.color, good?.color ?? Buffer.of())).toBe(0);
    }
  });

  it('a frame that is all of one colour is refused before it is written', async () => {
    const plan = makeGoodPlan();
    const dark = { ...plan, sensor: { ...plan.sensor, exposure: 0 } };
    const verified = async (tried: FramePlan): Promise<void> => {
      const buffers = await renderPlan(requireOpen(pool), tried);
      const annotations = annotateFrame(
        { ...tried, instances: [] },
        { ...buffers, instanceId: new Uint16Array(buffers.instanceId.length) },
        { minPixels: 1 },
      );
      const frame = { frame: 0, camera: tried.camera, annotations };
      verifyFrame(
        {
          ...frame,
          buffers: { ...buffers, instanceId: new Uint16Array(buffers.instanceId.length) },
        },
        { reproduce: 'npx diorama render' },
      );
    };
    await expect(verified(dark)).rejects.toMatchObject({ failure: 'blank' });
    await expect(verified(plan)).resolves.toBeUndefined();
  });

  it('a lost WebGL context, which another browser may mend', async () => {
    const server = await openPageServer({ resolveResource: shelf.resolve });
    const launched = await launchBrowser({
      browser: await requireBrowser(undefined),
      backend,
      sandbox: 'auto',
      networkEvents: false,
      loopbackPort: server.port,
    });
    try {
      const page = await launched.browser.newPage();
      const client = await openPageClient({
        page,
        server,
        profile: launched.profile,
        timeoutMs: 120_000,
        tell: (line) => expect.fail(line),
      });
      await client.render(makeGoodPlan());
      await page.evaluate(
        `document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()`,
      );
      const lost = client.render(makeGoodPlan());
      await expect(lost).rejects.toMatchObject({ failure: 'lost', retryable: true });
      await expect(lost).rejects.toThrow('WebGL context is lost');
    } finally {
      await closeBrowser(launched);
      await server.close();
    }
  });
});
