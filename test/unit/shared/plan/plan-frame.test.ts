import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { whiteBalanceGains } from '#shared/core/color';
import { SamplingError } from '#shared/core/errors';
import { transformPoint } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample, SceneSample } from '#shared/sampling/scene-sample';
import { CATALOGUE, makeRunInputs, makeScene, ROOM } from '../../../makers/make-run-inputs.ts';

type Changes = Partial<ConfigInput>;

const SCENE = makeScene();
const count = (max: number) => ({ kind: 'integer', min: 0, max }) as const;
const onFloor = (group: object) => ({
  count: 2,
  placement: { kind: 'scatter', surface: 'floor' },
  ...group,
});
const OBJECTS = {
  decoys: onFloor({ assets: ['rod'], labelled: false }),
  crates: onFloor({ categories: ['crate'], count: { kind: 'integer', min: 1, max: 4 } }),
  posts: onFloor({ categories: ['post'], scale: 1.5 }),
} as unknown as NonNullable<ConfigInput['objects']>;

const plan = (inputs: RunInputs, frame = 0): FramePlan =>
  planFrame(inputs, sampleScene(inputs, frame));
const planOf = (changes: Changes, frame = 0): FramePlan =>
  plan(makeRunInputs(changes, SCENE), frame);

describe('instances', () => {
  it('have ids dense from 1: nodes of the scene first, then the groups as the config has them', () => {
    for (let frame = 0; frame < 10; frame++) {
      const { nodes, instances } = planOf({ objects: OBJECTS }, frame);
      expect(instances.map(({ instanceId }) => instanceId)).toEqual(instances.map((_, i) => i + 1));
      const crates = instances.filter(({ category }) => category === 'crate').length;
      expect(instances.map(({ name }) => name)).toEqual([
        'vase',
        ...Array.from({ length: crates }, (_, i) => `crates[${i}]`),
        'posts[0]',
        'posts[1]',
      ]);
      // The same ids stand on what is drawn; everything else is 0 and is drawn all the same.
      const drawn = nodes.filter(({ instanceId }) => instanceId > 0);
      expect(drawn.map(({ name, instanceId }) => [name, instanceId])).toEqual(
        instances.map(({ name, instanceId }) => [name, instanceId]),
      );
      const others = nodes.filter(({ instanceId }) => instanceId === 0);
      expect(others.map(({ name }) => name)).toEqual([
        'table',
        'stool',
        'bench',
        'floor',
        'globe',
        'decoys[0]',
        'decoys[1]',
      ]);
    }
  });

  it('have category ids by the order of the config, whatever is in the frame', () => {
    const { instances } = planOf({ objects: OBJECTS });
    for (const { category, categoryId } of instances)
      expect(categoryId).toBe(['post', 'crate', 'wedge', 'vase'].indexOf(category) + 1);
    const [vase] = planOf({ categories: ['vase', 'post', 'crate'], objects: {} }).instances;
    expect(vase?.categoryId).toBe(1);
  });

  it('hold a rigid pose with the scale beside it, and the asset that they are', () => {
    const inputs = makeRunInputs({ objects: OBJECTS }, SCENE);
    const sample = sampleScene(inputs, 0);
    const { nodes, instances } = planFrame(inputs, sample);
    const post = instances.at(-1);
    const drawn = sample.objects.at(-1);
    expect(post).toMatchObject({ assetId: 'post-1', name: 'posts[1]' });
    post?.scale.forEach((s) => expect(s).toBeCloseTo(1.5, 12));
    expect(post?.bounds).toEqual(CATALOGUE.models.find(({ id }) => id === 'post-1')?.bounds);
    expect(transformPoint(post?.worldFromObject ?? [], [0, 0, 0])).toEqual(drawn?.position);
    expect(nodes.at(-1)).toMatchObject({ kind: 'model', resource: 'sha256-of-post-1' });
  });

  it('leave out what the config hides, and close the gap', () => {
    const { nodes, instances } = planOf({
      nodes: { vase: { visible: false } },
      objects: OBJECTS,
    });
    expect(nodes.map(({ name }) => name)).not.toContain('vase');
    expect(instances[0]).toMatchObject({ instanceId: 1, name: 'crates[0]' });
  });

  it('are refused where their category is not one of the config', () => {
    const act = () => planOf({ categories: ['post', 'crate'] });
    expect(act).toThrow(SamplingError);
    expect(act).toThrow(
      '"vase" has the category "vase", which is not under categories: [post, crate]',
    );
  });

  it('are refused past 65535', () => {
    const inputs = makeRunInputs({}, SCENE);
    const sample = sampleScene(inputs, 0);
    const object: ObjectSample = {
      group: 'g',
      slot: 0,
      assetId: 'post-1',
      category: 'post',
      position: [0, 0, 0],
      orientation: [1, 0, 0, 0],
      scale: 1,
    };
    const many = (objects: number): SceneSample => ({
      ...sample,
      objects: new Array<ObjectSample>(objects).fill(object),
    });
    expect(planFrame(inputs, many(65534)).instances).toHaveLength(65535);
    expect(() => planFrame(inputs, many(65535))).toThrow('at most 65535 instances');
  });

  it('are refused without a rigid pose, by name', () => {
    const nodes = SCENE.nodes.map((node) =>
      node.name === 'vase'
        ? { ...node, worldFromNode: [1, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }
        : node,
    );
    expect(() => plan(makeRunInputs({}, { ...SCENE, nodes }))).toThrow(
      '"vase" cannot be labelled: its axes are sheared',
    );
  });
});

describe('a plan', () => {
  const rich: Changes = {
    objects: OBJECTS,
    nodes: {
      vase: { offsetMeters: [0.1, 0, 0], yawDegrees: 40, material: { roughness: 0.2 } },
      table: { material: { texture: { kind: 'material', material: 'oak-boards' } } },
      bench: { material: { texture: { kind: 'image', image: 'oak', rotationDegrees: 180 } } },
      floor: { material: { texture: { kind: 'checks', colors: ['#ffffff', '#000000'] } } },
    },
    environment: { map: 'hall', rotationDegrees: 90 },
    sensor: { exposureStops: 2, whiteBalanceKelvin: 4000, noise: { fullWellElectrons: 999 } },
  };

  it('is plain JSON: it comes back equal, and is the same when made from a sample that was stored', () => {
    const inputs = makeRunInputs(rich, SCENE);
    for (let frame = 0; frame < 5; frame++) {
      const sample = sampleScene(inputs, frame);
      const made = planFrame(inputs, sample);
      const text = JSON.stringify(made);
      expect(settled(made)).toEqual(JSON.parse(text));
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
      const stored = JSON.parse(JSON.stringify(sample)) as SceneSample;
      expect(JSON.stringify(planFrame(inputs, stored))).toBe(text);
      for (const value of leavesOf(made)) {
        expect(['number', 'string', 'boolean', 'undefined']).toContain(typeof value);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
    }
  });

  it('names the bytes behind textures, and counts angles in radians', () => {
    const { nodes, environment } = planOf(rich);
    const textureOf = (name: string) => nodes.find((node) => node.name === name)?.material?.texture;
    expect(textureOf('table')?.source).toEqual({
      kind: 'images',
      color: 'sha256-of-oak',
      normal: 'sha256-of-oak-normal',
    });
    expect(textureOf('bench')).toMatchObject({
      source: { kind: 'images', color: 'sha256-of-oak' },
      rotationRadians: Math.PI,
    });
    expect(textureOf('floor')?.source).toMatchObject({
      kind: 'checks',
      colors: [
        [1, 1, 1],
        [0, 0, 0],
      ],
    });
    expect(environment).toMatchObject({ map: 'sha256-of-hall', format: 'hdr' });
    expect(environment.rotationRadians).toBeCloseTo(Math.PI / 2, 15);
    expect(planOf({}).environment).toMatchObject({ map: null, format: null });
  });

  it('merges the changes of the config into the material of the scene', () => {
    const vase = (changes: Changes) =>
      planOf(changes).nodes.find(({ name }) => name === 'vase')?.material;
    const own = vase({});
    expect(own?.roughness).toBe(0.4);
    expect(vase(rich)).toEqual({ ...own, roughness: 0.2 });
  });

  it('turns stops into a factor, kelvin into gains, and keys noise by seed and frame', () => {
    const { sensor } = planOf(rich);
    expect(sensor.exposure).toBeCloseTo(4, 14);
    expect(sensor.whiteBalance).toEqual(whiteBalanceGains(4000));
    const keys = Array.from({ length: 50 }, (_, frame) => planOf({}, frame).sensor.noiseKey);
    expect(new Set(keys).size).toBe(50);
    for (const key of keys) expect(key).toBe(key >>> 0);
    expect(planOf({ seed: 'other' }).sensor.noiseKey).not.toBe(keys[0]);
  });

  it('moves what the config moves: the vase, turned about its own origin', () => {
    const vase = planOf(rich).nodes.find(({ name }) => name === 'vase');
    const [x, y, z] = transformPoint(vase?.worldFromNode ?? [], [0, 0, 0]);
    expect([x, y, z]).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.9, 12),
      expect.closeTo(0.05, 12),
    ]);
    const [front] = [transformPoint(vase?.worldFromNode ?? [], [0, 0, 1])];
    expect(front?.[0]).toBeCloseTo(0.2 + Math.sin((40 * Math.PI) / 180), 12);
  });

  it('asks for normals where a file of them is asked for', () => {
    const normalsOf = (outputs: Changes['outputs']): boolean => planOf({ outputs }).labels.normals;
    expect(normalsOf({})).toBe(false);
    expect(normalsOf({ normals: { png: true } })).toBe(true);
    expect(normalsOf({ normals: { float: 'exr' } })).toBe(true);
  });

  it('names assets that are gone', () => {
    const inputs = makeRunInputs({ ...rich, objects: OBJECTS }, SCENE);
    const sample = sampleScene(inputs, 0);
    const without = (kind: keyof RunInputs['catalogue']): RunInputs => ({
      ...inputs,
      catalogue: { ...inputs.catalogue, [kind]: [] },
    });
    expect(() => planFrame(without('models'), sample)).toThrow(/model asset "\S+" is not in/);
    expect(() => planFrame(without('images'), sample)).toThrow('image asset "oak" is not in');
    expect(() => planFrame(without('materials'), sample)).toThrow('material asset "oak-boards"');
    expect(() => planFrame(without('environments'), sample)).toThrow('environment asset "hall"');
  });

  it('refuses a camera or a light that stands on what it looks at', () => {
    const here = { kind: 'at', position: [1, 1, 1], target: [1, 1, 1] };
    expect(() => planOf({ camera: { pose: here } as ConfigInput['camera'] })).toThrow(
      'camera.pose: the camera stands on its target',
    );
    const light = (kind: string) =>
      ({ key: { kind, place: here, intensity: 1 } }) as unknown as ConfigInput['lights'];
    expect(() => planOf({ lights: light('spot') })).toThrow(
      'lights.key[0].place: a spot light stands on its target',
    );
    expect(() => planOf({ lights: light('directional') })).toThrow(SamplingError);
    expect(planOf({ lights: light('point') }).lights).toHaveLength(2);
  });
});

describe('lights', () => {
  const place = { kind: 'shell', radiusMeters: 2, elevationDegrees: 45 };
  const of = (kind: string, many: unknown) => ({ kind, place, intensity: 1, count: many });
  const lights = {
    a: of('spot', count(3)),
    b: of('spot', 2),
    c: of('directional', { kind: 'choice', values: [1, 4, 7], weights: [1, 1, 0] }),
    d: of('point', { kind: 'var', name: 'n' }),
  } as unknown as ConfigInput['lights'];
  const changes: Changes = { vars: { n: count(5) }, lights };

  it('have a capacity that is the same in every frame and never too small, and is met', () => {
    const plans = Array.from({ length: 60 }, (_, frame) => planOf(changes, frame));
    const numbers = (kind: 'spot' | 'point' | 'directional'): number[] =>
      plans.map((made) => made.lights.filter((each) => each.kind === kind).length);
    for (const { lightCapacity } of plans) {
      // The scene's own ceiling lamp is the sixth point light.
      expect(lightCapacity).toEqual({ spot: 5, directional: 4, point: 6 });
    }
    expect(Math.max(...numbers('spot'))).toBe(5);
    expect(Math.max(...numbers('directional'))).toBe(4);
    expect(Math.max(...numbers('point'))).toBe(6);
  });

  it('of the scene are replaced by name', () => {
    const ceiling = { ceiling: of('spot', 3) } as unknown as ConfigInput['lights'];
    const made = planOf({ lights: ceiling });
    expect(made.lights.map(({ kind }) => kind)).toEqual(['spot', 'spot', 'spot']);
    expect(made.lightCapacity).toEqual({ spot: 3, directional: 0, point: 0 });
  });

  it('are refused past eight in a group', () => {
    const many = { a: of('spot', { kind: 'var', name: 'n' }) } as unknown as ConfigInput['lights'];
    expect(() => planOf({ vars: { n: 9 }, lights: many })).toThrow(
      'lights.a.count: expected a value in 0..8, drew 9',
    );
  });
});

describe('shadow bounds', () => {
  it('are a unit sphere where nothing casts shadow', () => {
    const scene = makeScene(ROOM.replaceAll(/^ {2}- name: (?!floor).*\n(?: {4}.*\n)+/gm, ''));
    expect(scene.nodes.map(({ name }) => name)).toEqual(['floor']);
    expect(plan(makeRunInputs({}, scene)).shadowBounds).toEqual({ center: [0, 0, 0], radius: 1 });
  });

  it('leave out what is hidden, and what casts none', () => {
    const hidden = Object.fromEntries(
      ['table', 'vase', 'stool', 'globe'].map((name) => [name, { visible: false }]),
    );
    const { shadowBounds } = planOf({ nodes: hidden });
    // The bench alone: 1.2 × 0.5 × 0.5 about (−2, 0.25, 0).
    expect(shadowBounds.radius).toBeCloseTo(Math.hypot(0.6, 0.25, 0.25), 12);
    shadowBounds.center.forEach((v, i) => expect(v).toBeCloseTo([-2, 0.25, 0][i] ?? NaN, 12));
  });

  it('enclose every corner of every caster, moved and placed ones among them', () => {
    for (let frame = 0; frame < 20; frame++) {
      const nodes: Changes['nodes'] = {
        globe: { offsetMeters: [{ kind: 'uniform', min: -9, max: 9 }, 2, 0], yawDegrees: 33 },
      };
      const inputs = makeRunInputs({ objects: OBJECTS, nodes }, SCENE);
      const { shadowBounds, nodes: drawn } = plan(inputs, frame);
      for (const node of drawn.filter(({ castShadow }) => castShadow)) {
        const bounds =
          SCENE.nodes.find(({ name }) => name === node.name)?.bounds ??
          CATALOGUE.models.find(({ sha256 }) => node.kind === 'model' && sha256 === node.resource)
            ?.bounds;
        if (!bounds) throw new Error(`no bounds of ${node.name}`);
        for (let corner = 0; corner < 8; corner++) {
          const point = transformPoint(node.worldFromNode, [
            (corner & 1 ? bounds.max : bounds.min)[0],
            (corner & 2 ? bounds.max : bounds.min)[1],
            (corner & 4 ? bounds.max : bounds.min)[2],
          ]);
          const distance = Math.hypot(...point.map((p, i) => p - (shadowBounds.center[i] ?? NaN)));
          expect(distance).toBeLessThan(shadowBounds.radius + 1e-9);
        }
      }
    }
  });
});

/** Everything in a value that is neither a list nor a mapping. */
function leavesOf(value: unknown): unknown[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [value];
  expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
  return Object.values(value).flatMap(leavesOf);
}

/** The same with 0 for −0, which JSON does not tell apart. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner)]));
}
