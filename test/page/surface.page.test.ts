import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { SURFACE_COLOR_NAMES, SURFACE_NUMBER_NAMES } from '#shared/config/surface-fields';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, greatestError, pixelAt } from './support/read-color.ts';
import { drawMaterial, makeSquarePlan, withSun } from './support/texture-plans.ts';

const SIDE = 32;
const BLACK = { color: '#000000', specular: 0, roughness: 1 };

/** A square in front of one that gives off light, both seen square on, in the dark. */
function makePair(front: object, back: object): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: { fx: 20 * SIDE, fy: 20 * SIDE, cx: SIDE / 2, cy: SIDE / 2 },
    shapes: [
      { shape: { kind: 'box', size: [1, 1, 0.002], bevelMeters: 0 }, position: [0, 0, -20] },
      { shape: { kind: 'box', size: [2, 2, 0.002], bevelMeters: 0 }, position: [0, 0, -21] },
    ],
  });
  return {
    ...withMaterials(plan, [drawMaterial(front), drawMaterial(back)]),
    environment: { ...plan.environment, strength: 0 },
  };
}

/** Linear light as bytes, for {@link greatestError}. */
const evenly =
  (...light: [number, number, number]) =>
  (): [number, number, number] =>
    light.map(byteFromLinear) as [number, number, number];

describe.each(SHADING_BACKENDS)('surfaces on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);
  const red = { ...BLACK, emissiveColor: '#ff0000', emissiveStrength: 0.5 };
  const green = { ...BLACK, emissiveColor: '#00ff00', emissiveStrength: 0.8 };

  it('give off light of their colour and strength', async () => {
    const shown = await render(makePair(red, green));
    expect(greatestError(shown, evenly(0.5, 0, 0))).toBeLessThanOrEqual(1);
  });

  it('blend by their opacity, and labels have them from labels.opaqueFrom on', async () => {
    for (const [opacity, id] of [
      [0.6, 1],
      [0.4, 2],
    ] as const) {
      const shown = await render(makePair({ ...red, opacity }, green));
      const expected = evenly(0.5 * opacity, 0.8 * (1 - opacity), 0);
      expect(greatestError(shown, expected), `opacity ${opacity}`).toBeLessThanOrEqual(1);
      expect(new Set(shown.instanceId)).toEqual(new Set([id]));
    }
  });

  it('under lacquer lose what lacquer of index 1.5 reflects: 4 %, square on', async () => {
    const shown = await render(makePair({ ...red, clearcoat: 1 }, green));
    expect(greatestError(shown, evenly(0.5 * 0.96, 0, 0))).toBeLessThanOrEqual(1);
  });

  it('that transmit show what is behind in their colour, and are themselves in labels', async () => {
    const glass = { color: '#00bc00', transmission: 1, specular: 0, roughness: 0 };
    const plan = makePair(glass, green);
    const shown = await render(plan);
    // Linear light of 0xbc.
    expect(greatestError(shown, evenly(0, 0.8 * 0.5029, 0))).toBeLessThanOrEqual(1);
    expect(new Set(shown.instanceId)).toEqual(new Set([1]));
    const [front, back] = plan.nodes;
    if (!front || !back) throw new Error('a pair is two nodes');
    const nodes = [{ ...front, policies: [{ policy: 'see-through' as const }] }, back];
    const seen = await render({ ...plan, nodes });
    expect(Buffer.compare(seen.color, shown.color)).toBe(0);
    expect(new Set(seen.instanceId)).toEqual(new Set([2]));
  });

  it('reflect nothing square on at an index of 1, and by default as at 1.5', async () => {
    const lit = (surface: object): Promise<GBuffers> =>
      render(
        makeSquarePlan(drawMaterial({ color: '#000000', roughness: 0.4, ...surface }), {
          side: SIDE,
        }),
      );
    const plain = await lit({});
    expect(pixelAt(plain, 16, 16)[0]).toBeGreaterThan(30);
    const stated = await lit({ ior: 1.5 });
    expect(greatestError(stated, (x, y) => pixelAt(plain, x, y))).toBeLessThanOrEqual(1);
    // What is left at the index of air is the rim's share, which the square view has little of.
    expect(pixelAt(await lit({ ior: 1 }), 16, 16)[0]).toBeLessThan(pixelAt(plain, 16, 16)[0] / 2);
    expect(pixelAt(await lit({ specular: 0 }), 16, 16)).toEqual([0, 0, 0]);
    const [r, g, b] = pixelAt(await lit({ ior: 2, specularColor: '#ff0000' }), 16, 16);
    expect(r).toBeGreaterThan(Math.max(g, b) + 30);
  });

  it('of cloth have a sheen of their colour', async () => {
    const cloth = { ...BLACK, sheenRoughness: 0.6 };
    const shine = async (surface: object): Promise<readonly number[]> =>
      pixelAt(await render(makeSquarePlan(drawMaterial(surface), { side: SIDE })), 16, 16);
    expect(await shine({ ...cloth, sheenColor: '#000000' })).toEqual([0, 0, 0]);
    const [r, g, b] = await shine({ ...cloth, sheenColor: '#0000ff' });
    expect([r, g]).toEqual([0, 0]);
    expect(b).toBeGreaterThan(10);
  });

  it('with a thin film change their hue with its thickness', async () => {
    const hue = async (nanometers: number): Promise<readonly number[]> => {
      const film = { iridescence: 1, iridescenceIor: 1.8, roughness: 0.2, metalness: 1 };
      const material = drawMaterial({ ...film, iridescenceThicknessNanometers: nanometers });
      return pixelAt(await render(makeSquarePlan(material, { side: SIDE })), 16, 16);
    };
    const [thin, thick] = [await hue(250), await hue(400)];
    const tint = ([r = 0, g = 0, b = 0]: readonly number[]): number[] => [r - g, g - b];
    expect(Math.hypot(...tint(thin).map((v, i) => v - (tint(thick)[i] ?? 0)))).toBeGreaterThan(30);
  });

  it('draw out highlights along their own axes, by the turn that is stated', async () => {
    const sheet = (degrees: number, sun: readonly [number, number, number]): FramePlan => {
      const surface = { anisotropy: 0.9, anisotropyRotationDegrees: degrees };
      const material = drawMaterial({ ...surface, roughness: 0.3, metalness: 1 });
      return withSun(makeSquarePlan(material, { side: SIDE }), sun);
    };
    const middle = async (plan: FramePlan): Promise<number> =>
      pixelAt(await render(plan), SIDE / 2, SIDE / 2)[1];
    // A light that comes in along the drawn-out direction is seen, one from across is not.
    const along = await middle(sheet(0, [0.8, 0, 1]));
    const across = await middle(sheet(0, [0, 0.8, 1]));
    expect(along - across).toBeGreaterThan(20);
    expect(await middle(sheet(90, [0, 0.8, 1]))).toBe(along);
    expect(await middle(sheet(90, [0.8, 0, 1]))).toBe(across);
    // The axes turn with the object: a quarter turn of it and one back in its plane undo each other.
    const turned = sheet(-90, [0.8, 0, 1]);
    const [node] = turned.nodes;
    if (!node) throw new Error('a sheet is a node');
    const quarter = [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, -20.001, 0, 0, 0, 1] as const;
    expect(await middle({ ...turned, nodes: [{ ...node, worldFromNode: quarter }] })).toBe(along);
  });

  it('have slopes of their relief by its strength, and none at 0', async () => {
    const relief = (reliefMeters: number, normalStrength?: number): Promise<GBuffers> => {
      const colors = ['#bbbbbb', '#bbbbbb'];
      const texture = { kind: 'gradient', colors, scaleMeters: 1, reliefMeters };
      const material = drawMaterial({ texture, normalStrength });
      return render(withSun(makeSquarePlan(material, { side: SIDE }), [0.3, 0.9, 0.7]));
    };
    const [steep, doubled, flat, none] = await Promise.all([
      relief(0.2),
      relief(0.1, 2),
      relief(0.2, 0),
      relief(0),
    ]);
    // Normals have 8 bits, of which the factor doubles the error.
    expect(greatestError(doubled, (x, y) => pixelAt(steep, x, y))).toBeLessThanOrEqual(2);
    expect(greatestError(flat, (x, y) => pixelAt(none, x, y))).toBeLessThanOrEqual(1);
    expect(greatestError(steep, (x, y) => pixelAt(none, x, y))).toBeGreaterThan(15);
  });

  it('leave nothing behind for frames that do not state it', async () => {
    const plain = makePair({ color: '#808080' }, { color: '#204080' });
    const before = await render({ ...plain, environment: { ...plain.environment, strength: 1 } });
    const all: Record<string, unknown> = {};
    for (const name of SURFACE_NUMBER_NAMES) all[name] = name === 'opacity' ? 0.7 : 1;
    for (const name of SURFACE_COLOR_NAMES) all[name] = '#44aa88';
    await render(makePair(all, all));
    const after = await render({ ...plain, environment: { ...plain.environment, strength: 1 } });
    expect(Buffer.compare(before.color, after.color)).toBe(0);
    expect(after.instanceId).toEqual(before.instanceId);
  });

  it('take the same bytes whatever was drawn before with the same fields', async () => {
    const pair = (clearcoat: number, transmission: number): FramePlan =>
      makePair({ color: '#cc8844', clearcoat, transmission, anisotropy: clearcoat }, green);
    const first = await render(pair(0.5, 0));
    await render(pair(0, 0.7));
    expect(Buffer.compare((await render(pair(0.5, 0))).color, first.color)).toBe(0);
  });
});
