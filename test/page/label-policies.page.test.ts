import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeStageShelf, type StageShelf } from './support/make-stage-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/** Columns of the grid. */
const KINDS = ['opaque', 'mask', 'blend 0.3', 'blend 0.8', 'glass'] as const;

/**
 * A plate of each kind at z = 0. Behind the left half of each stands a labelled wall, behind the right half
 * one without a label, both leaning. The lower half of the mask is a hole.
 */
const gridScene = (extras: string): string => `
import { DataTexture, Group, Mesh, MeshBasicMaterial, MeshPhysicalMaterial, NearestFilter, PlaneGeometry } from 'three';
import { defineScene } from 'diorama/scene';
const HALF = new DataTexture(new Uint8Array([255, 255, 255, 0, 255, 255, 255, 255]), 1, 2);
HALF.magFilter = NearestFilter;
HALF.minFilter = NearestFilter;
HALF.needsUpdate = true;
const KINDS = [
  new MeshBasicMaterial(),
  new MeshBasicMaterial({ map: HALF, alphaTest: 0.5 }),
  new MeshBasicMaterial({ transparent: true, opacity: 0.3 }),
  new MeshBasicMaterial({ transparent: true, opacity: 0.8 }),
  new MeshPhysicalMaterial({ transparent: true, opacity: 0.3, transmission: 1 }),
];
function wall(x, category) {
  const mesh = new Mesh(new PlaneGeometry(0.23, 1.2), new MeshBasicMaterial({ color: 0x336699 }));
  mesh.position.set(x * 1.15, 0, -0.3);
  mesh.rotation.x = -0.2;
  if (category) mesh.userData.category = category;
  return mesh;
}
export const scene = defineScene({ name: 'grid', build: () => {
  const root = new Group();
  KINDS.forEach((material, i) => {
    const plate = new Mesh(new PlaneGeometry(0.3, 0.6), material);
    material.name = 'kind' + i;
    plate.name = 'plate' + i;
    plate.position.x = 0.4 * (i - 2);
    plate.userData.category = 'plate';
    root.add(plate, wall(plate.position.x - 0.1, 'wall'), wall(plate.position.x + 0.1, null));
  });
  const [first] = root.children;
  ${extras}
  return root;
} });
`;

/** What a place shows: the plate, the labelled wall, the bare wall. */
type Shown = 'P' | 'W' | '.';

/** Ids, depth and normals at the middles of a plate's quarters, upper left first. */
type Row = Readonly<Record<(typeof KINDS)[number], string>>;

/** Quarters of each plate: what its pixels are, and after the colon which quarters its amodal mask has. */
const GRID: Readonly<Record<string, Row>> = {
  none: {
    opaque: 'PPPP:1111',
    mask: 'PPW.:1100',
    'blend 0.3': 'W.W.:0000',
    'blend 0.8': 'PPPP:1111',
    glass: 'PPPP:1111',
  },
  solid: {
    opaque: 'PPPP:1111',
    mask: 'PPPP:1111',
    'blend 0.3': 'PPPP:1111',
    'blend 0.8': 'PPPP:1111',
    glass: 'PPPP:1111',
  },
  cutout: {
    opaque: 'PPPP:1111',
    mask: 'PPW.:1100',
    'blend 0.3': 'W.W.:0000',
    'blend 0.8': 'PPPP:1111',
    glass: 'W.W.:0000',
  },
  'see-through': {
    opaque: 'WPWP:1111',
    mask: 'WPW.:1100',
    'blend 0.3': 'WPWP:1111',
    'blend 0.8': 'WPWP:1111',
    glass: 'WPWP:1111',
  },
  ignore: {
    opaque: 'W.W.:0000',
    mask: 'W.W.:0000',
    'blend 0.3': 'W.W.:0000',
    'blend 0.8': 'W.W.:0000',
    glass: 'W.W.:0000',
  },
};

const CATEGORIES = 'categories: [plate, wall]\n';
const rules = (text: string): string => `${CATEGORIES}labels: { policies: [${text}] }\n`;

type Frame = Readonly<{ plan: FramePlan; buffers: GBuffers }>;

/** The quarters of a plate, as in {@link GRID}. */
function readPlate({ plan, buffers }: Frame, kind: number): string {
  const plate = plan.instances.find(({ name }) => name === `plate${kind}`);
  const quarters = [
    [-1, 1],
    [1, 1],
    [-1, -1],
    [1, -1],
  ].map(([right = 0, up = 0]) => {
    const x = Math.floor(48 + 48 * (0.4 * (kind - 2) + 0.075 * right));
    const y = Math.floor(48 - 48 * 0.15 * up);
    return { x, y, at: y * 96 + x };
  });
  const shown = quarters.map(({ at }): Shown | 'fault' => {
    const { instanceId, depth, normal } = buffers;
    const id = instanceId[at] ?? 0;
    const category = plan.instances.find((one) => one.instanceId === id)?.category;
    const isPlate = Math.abs((depth[at] ?? 0) - 2) < 1e-5;
    // The plate faces the camera, the walls lean by 0.2 radians.
    const cosine = -(normal?.[at * 3 + 2] ?? NaN);
    const agrees = Math.abs(cosine - (isPlate ? 1 : Math.cos(0.2))) < 1e-3;
    if (!agrees || isPlate !== (id === plate?.instanceId)) return 'fault';
    return isPlate ? 'P' : category === 'wall' ? 'W' : '.';
  });
  const alone = buffers.silhouettes?.find((one) => one.instanceId === plate?.instanceId);
  const amodal = quarters.map(({ x, y }) => {
    const [left, top, width] = alone?.tile ?? [0, 0, 0];
    return alone?.mask[(y - top) * width + (x - left)] ?? 0;
  });
  return `${shown.join('')}:${amodal.join('')}`;
}

describe.each(BACKENDS)('label policies on %s', (backend) => {
  let shelf: StageShelf | undefined;
  let pool: PagePool | undefined;
  beforeAll(async () => {
    shelf = await makeStageShelf();
    await shelf.add('grid.ts', gridScene(''));
    const extras = `first.userData.labelPolicy = 'ignore'; KINDS[4].userData.labelPolicy = 'cutout';`;
    await shelf.add('extras.ts', gridScene(`${extras} root.userData.labelPolicy = 'solid';`));
    await shelf.add('odd.ts', gridScene("KINDS[1].userData.labelPolicy = 'glass';"));
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(async () => {
    await pool?.close();
    await shelf?.close();
  });

  async function render(name: string, config: string): Promise<Frame> {
    if (shelf === undefined) throw new Error('the shelf did not open');
    const made = shelf.plan(name, config);
    const plan = { ...made, labels: { ...made.labels, normals: true } };
    const buffers = await renderPlan(requireOpen(pool), plan);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    const { camera, frame } = plan;
    verifyFrame({ frame, camera, buffers, annotations }, { reproduce: 'npx diorama render' });
    return { plan, buffers };
  }

  const readAll = (frame: Frame): Record<string, string> =>
    Object.fromEntries(KINDS.map((kind, i) => [kind, readPlate(frame, i)]));

  it('the grid: policy by kind of material', async () => {
    const colors: Uint8Array[] = [];
    for (const [policy, expected] of Object.entries(GRID)) {
      const rule = policy === 'none' ? '' : `{ policy: ${policy}, categories: [plate] }`;
      const frame = await render('grid.ts', rules(rule));
      expect({ policy, ...readAll(frame) }).toEqual({ policy, ...expected });
      colors.push(frame.buffers.color);
    }
    // Policies are of labels; colour knows nothing of them.
    for (const color of colors) expect(Buffer.compare(color, colors[0] ?? color)).toBe(0);
  });

  it('a see-through surface without a label hides nothing at all', async () => {
    const bare =
      "for (const child of root.children) if (child.name.startsWith('plate')) child.userData = {};";
    await shelf?.add('bare.ts', gridScene(bare));
    const config =
      'categories: [wall]\nlabels: { policies: [{ policy: see-through, nodes: ["plate*"] }] }\n';
    const { buffers } = await render('bare.ts', config);
    expect(buffers.depth.some((z) => z > 0 && z < 2.05)).toBe(false);
  });

  it('the nearest has the say: rules, then the material, then its node and what that hangs from', async () => {
    const { solid, cutout, ignore } = GRID as Record<'solid' | 'cutout' | 'ignore', Row>;
    expect(readAll(await render('extras.ts', CATEGORIES))).toEqual({
      ...solid,
      opaque: ignore.opaque,
      glass: cutout.glass,
    });
    const see = GRID['see-through'];
    const first = '{ policy: see-through, materials: [kind0, "*4"] }';
    const frame = await render('extras.ts', rules(`${first}, { policy: ignore, nodes: [plate3] }`));
    expect(readAll(frame)).toEqual({
      ...solid,
      opaque: see?.opaque,
      glass: see?.glass,
      'blend 0.8': ignore['blend 0.8'],
    });
  });

  it('extras that are no policy are refused by name', async () => {
    await expect(render('odd.ts', CATEGORIES)).rejects.toThrow(
      '"kind1": expected extras.labelPolicy to be one of solid, cutout, see-through, ignore, got "glass".',
    );
  });
});
