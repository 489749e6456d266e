import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { findConfigIssues } from '#shared/config/check-config';
import type { ImageAsset, PhotoFacts } from '#shared/core/asset-catalogue';
import type { Vec3 } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { photoFromCrop } from '#shared/plan/plan-background';
import { planFrame } from '#shared/plan/plan-frame';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import { CATALOGUE, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const PHOTO: ImageAsset = {
  kind: 'image',
  id: 'square',
  file: 'square.jpg',
  root: 'mine',
  sha256: 'sha256-of-square',
  bytes: 1,
  license: 'CC0-1.0',
  widthPixels: 1600,
  heightPixels: 900,
};
const FACTS: PhotoFacts = {
  view: { verticalDegrees: 60, pitchDegrees: -10 },
  sun: { azimuthDegrees: 50, elevationDegrees: 30 },
};

type Background = NonNullable<NonNullable<ConfigInput['environment']>['background']>;

function inputsOf(
  background: object,
  { photo, more = {} }: { photo?: PhotoFacts; more?: Partial<ConfigInput> } = {},
): RunInputs {
  const made = makeRunInputs(
    {
      image: { width: 160, height: 120 },
      camera: {
        pose: { kind: 'at', position: [1, 1.5, 2], target: [0.2, 1.2, 0.5] },
        lens: { kind: 'fov', verticalDegrees: 30 },
      },
      environment: { background: background as Background },
      ...more,
    },
    makeScene(),
  );
  const images = [{ ...PHOTO, ...(photo && { photo }) }];
  return { ...made, catalogue: { ...CATALOGUE, images } };
}

const planOf = (inputs: RunInputs, frame = 0): FramePlan =>
  planFrame(inputs, sampleScene(inputs, frame));

function photoOf(plan: FramePlan) {
  const { background } = plan.environment;
  if (background.kind !== 'photo') throw new Error(`expected a photo, got ${background.kind}`);
  return background;
}

/** A homogeneous place through a matrix. */
function through(m: readonly number[], [x, y, z]: Vec3): readonly [number, number] {
  const row = (i: number): number =>
    (m[i] ?? NaN) * x + (m[i + 1] ?? NaN) * y + (m[i + 2] ?? NaN) * z;
  return [row(0) / row(6), row(3) / row(6)];
}

const VIEW = { kind: 'photo', image: 'square', fit: { kind: 'view' } } as const;

describe('a crop', () => {
  const crop = { zoom: 1, x: 0.5, y: 0.5, flip: false };

  it('is the largest part of the image’s shape, over the zoom, inside the photo', () => {
    for (const image of [
      { width: 100, height: 100 },
      { width: 300, height: 100 },
      { width: 160, height: 90 },
    ]) {
      for (const zoom of [1, 1.7, 3]) {
        for (const [x, y] of [
          [0, 0],
          [0.3, 0.9],
          [1, 1],
        ] as const) {
          const m = photoFromCrop({ ...crop, zoom, x, y }, image, { width: 1600, height: 900 });
          const [left, top] = through(m, [0, 0, 1]);
          const [right, bottom] = through(m, [1, 1, 1]);
          const [width, height] = [(right - left) * 1600, (bottom - top) * 900];
          expect(width / height).toBeCloseTo(image.width / image.height, 10);
          expect(Math.max(width / 1600, height / 900)).toBeCloseTo(1 / zoom, 10);
          for (const edge of [left, right, top, bottom]) {
            expect(edge).toBeGreaterThanOrEqual(-1e-12);
            expect(edge).toBeLessThanOrEqual(1 + 1e-12);
          }
          // The room to the left of it is `x` of all the room, and so above it.
          expect(left).toBeCloseTo(x * (1 - width / 1600), 10);
          expect(top).toBeCloseTo(y * (1 - height / 900), 10);
        }
      }
    }
  });

  it('is turned over about its own middle where flipped', () => {
    const sizes = [
      { width: 100, height: 100 },
      { width: 1600, height: 900 },
    ] as const;
    const plain = photoFromCrop({ ...crop, x: 0.2 }, ...sizes);
    const flipped = photoFromCrop({ ...crop, x: 0.2, flip: true }, ...sizes);
    for (const u of [0, 0.25, 1])
      expect(through(flipped, [u, 0.4, 1])[0]).toBeCloseTo(through(plain, [1 - u, 0.4, 1])[0], 12);
  });
});

describe('a photo’s own camera', () => {
  /** Level heading of the camera of {@link inputsOf}, and what is right of it. */
  const length = Math.hypot(-0.8, -1.5);
  const level: Vec3 = [-0.8 / length, 0, -1.5 / length];
  const right: Vec3 = [-level[2], 0, level[0]];
  /** A direction so many degrees to the right of the heading and above the horizon. */
  function direction(rightDegrees: number, upDegrees: number): Vec3 {
    const [a, e] = [(rightDegrees * Math.PI) / 180, (upDegrees * Math.PI) / 180];
    return [
      Math.cos(e) * (Math.cos(a) * level[0] + Math.sin(a) * right[0]),
      Math.sin(e),
      Math.cos(e) * (Math.cos(a) * level[2] + Math.sin(a) * right[2]),
    ];
  }

  it('sees the horizon and what is beside it where its pitch and field of view say', () => {
    const { photoFrom, by } = photoOf(planOf(inputsOf(VIEW, { photo: FACTS })));
    expect(by).toBe('world');
    const half = Math.tan(Math.PI / 6);
    const [u, v] = through(photoFrom, direction(0, 0));
    expect(u).toBeCloseTo(0.5, 12);
    // Ten degrees above the middle of an image that is 60° high.
    expect(v).toBeCloseTo(0.5 - Math.tan(Math.PI / 18) / half / 2, 12);
    expect(through(photoFrom, direction(0, -40))[1]).toBeCloseTo(1, 12);
    expect(through(photoFrom, direction(0, 20))[1]).toBeCloseTo(0, 12);
    // On its optical axis' level, 12° aside of an axis tilted by 10°.
    const aside = (Math.tan((12 * Math.PI) / 180) / Math.cos(Math.PI / 18)) * (900 / 1600);
    expect(through(photoFrom, direction(12, 0))[0]).toBeCloseTo(0.5 + aside / half / 2, 12);
  });

  it('and its sun are turned over by `flip`', () => {
    const sun = { ...VIEW, sun: { intensity: 2 } };
    const plain = planOf(inputsOf(sun, { photo: FACTS }));
    const flipped = planOf(inputsOf({ ...sun, flip: true }, { photo: FACTS }));
    const at = direction(15, 5);
    const [u, v] = through(photoOf(plain).photoFrom, at);
    expect(through(photoOf(flipped).photoFrom, at)).toEqual([
      expect.closeTo(1 - u, 12),
      expect.closeTo(v, 12),
    ]);
    const positions = [plain, flipped].map(({ lights }) => lights.at(-1)?.position);
    const scaled = (d: Vec3) => d.map((part) => expect.closeTo(part * 1000, 6) as number);
    expect(positions).toEqual([scaled(direction(50, 30)), scaled(direction(-50, 30))]);
  });

  it('is refused where the frame’s camera sees beyond it, with what to do', () => {
    const camera: ConfigInput['camera'] = {
      pose: { kind: 'at', position: [0, 1, 2], target: [0, 4, 0] },
      lens: { kind: 'fov', verticalDegrees: 30 },
    };
    expect(() => planOf(inputsOf(VIEW, { photo: FACTS, more: { camera } }))).toThrow(
      /environment\.background\.fit: the camera sees beyond the edge of "square".*Narrow camera\.lens/,
    );
  });
});

describe('what is asked of a config', () => {
  const messages = (inputs: RunInputs): readonly string[] =>
    findConfigIssues(inputs.config, inputs).map(({ path, message }) => `${path}: ${message}`);

  it('photos say what is asked of them, in one message', () => {
    const sun = { ...VIEW, sun: {} };
    expect(messages(inputsOf(sun, { photo: FACTS }))).toEqual([]);
    expect(messages(inputsOf(sun))).toEqual([
      'environment.background.fit: expected photo.view in assets.json for each photo, found none for 1 of 1: "square".',
      'environment.background.sun: expected photo.sun in assets.json for each photo, found none for 1 of 1: "square".',
    ]);
    const motion = { orbitDegreesPerSecond: 10 };
    const pose: ConfigInput['camera']['pose'] = {
      kind: 'at',
      position: [0, 1, 2],
      target: [0, 1, 0],
    };
    const moving = { camera: { pose, motion }, sequence: { frames: 2 } };
    expect(messages(inputsOf(VIEW, { photo: FACTS, more: moving }))).toEqual([
      'camera.motion: expected a camera at rest where environment.background.fit goes by its heading, found motion.',
    ]);
  });

  it('weights are one for each background', () => {
    const color = { kind: 'color', color: '#ffffff' };
    expect(messages(inputsOf({ kind: 'one-of', backgrounds: [color], weights: [1, 2] }))).toEqual([
      'environment.background.weights: expected one weight for each of 1 backgrounds, at least one above 0, found 2 with a sum of 3',
    ]);
  });

  it('what catches shadows is a plane without a category', () => {
    const color = { kind: 'color', color: '#ffffff' };
    const nodes = { table: { shadowCatcher: true }, floor: { shadowCatcher: true } };
    expect(messages(inputsOf(color, { more: { nodes } }))).toEqual([
      'nodes.table.shadowCatcher: expected a node of the shape plane, found a box.',
    ]);
  });
});

it('a catcher is planned without an id, casts no shadow and is left out of what shadow maps cover', () => {
  const color = { kind: 'color', color: '#ffffff' };
  const castByAll = ({ scene, ...rest }: RunInputs): RunInputs => ({
    ...rest,
    scene: {
      ...scene,
      nodes: scene.nodes.map((node) => ({ ...node, castShadow: node.name === 'floor' })),
    },
  });
  const plain = planOf(castByAll(inputsOf(color)));
  const nodes = { floor: { shadowCatcher: true } };
  const plan = planOf(castByAll(inputsOf(color, { more: { nodes } })));
  expect(plan.nodes.find(({ name }) => name === 'floor')).toMatchObject({
    instanceId: 0,
    castShadow: false,
    receiveShadow: true,
    shadowCatcher: true,
  });
  expect(plan.instances).toEqual(plain.instances);
  expect(plan.shadowBounds.radius).toBeLessThan(plain.shadowBounds.radius);
});

it('a background is one of several by weight, and each is drawn', () => {
  const backgrounds = [
    { kind: 'color', color: '#ffffff' },
    { kind: 'pattern', pattern: { kind: 'random' } },
    { kind: 'photo', image: 'squ*' },
  ];
  const inputs = inputsOf({ kind: 'one-of', backgrounds, weights: [1, 0, 3] });
  const kinds = Array.from(
    { length: 200 },
    (_, k) => planOf(inputs, k).environment.background.kind,
  );
  const share = kinds.filter((kind) => kind === 'photo').length / kinds.length;
  expect(new Set(kinds)).toEqual(new Set(['color', 'photo']));
  // Three standard deviations of a binomial share of 0.75 in 200.
  expect(Math.abs(share - 0.75)).toBeLessThan(0.092);
});
