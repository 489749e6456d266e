import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { findConfigIssues } from '#shared/config/check-config';
import { SamplingError } from '#shared/core/errors';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { CATALOGUE, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Camera = ConfigInput['camera'];
type Sees = NonNullable<Camera['sees']>;

/** Boxes by name, each 1 m wide unless said otherwise; those called `thing…` are labelled. */
const sceneOf = (boxes: Record<string, readonly [x: number, y: number, z: number]>, size = 1) =>
  makeScene(
    `sceneVersion: 1\nname: boxes\nnodes:\n${Object.entries(boxes)
      .map(
        ([name, at]) =>
          `  - name: ${name}\n    shape: { kind: box, size: [${size}, ${size}, ${size}] }\n    position: [${at.join(', ')}]\n${name.startsWith('thing') ? '    category: vase\n' : ''}`,
      )
      .join('')}`,
  );

const IMAGE = { width: 400, height: 400 };
const at = (position: [number, number, number], target: [number, number, number] = [0, 0, 0]) =>
  ({ kind: 'at' as const, position, target }) satisfies Camera['pose'];

type Look = Readonly<{ pose: Camera['pose']; sees?: Sees; frame?: number }>;

function view(scene: ReturnType<typeof makeScene>, { pose, sees, frame = 0 }: Look): SceneSample {
  const lens = { kind: 'fov' as const, verticalDegrees: 90 };
  const camera: Camera = { pose, lens, ...(sees && { sees: { attempts: 50, ...sees } }) };
  return sampleScene(makeRunInputs({ image: IMAGE, camera }, scene), frame);
}

describe('what is in sight', () => {
  it('is what the image holds: at 5 m and 90°, up to 5 m from the axis', () => {
    const inside = sceneOf({ thing: [4.9, 0, 0] }, 0.1);
    const outside = sceneOf({ thing: [5.1, 0, 0] }, 0.1);
    expect(view(inside, { pose: at([0, 0, 5]), sees: { objects: 1 } }).rejections).toEqual({});
    expect(() => view(outside, { pose: at([0, 0, 5]), sees: { objects: 1 } })).toThrow(
      /camera\.pose: none of 50 views has 1 labelled objects in sight .* at best 0 were in sight/,
    );
  });

  it('is counted, and only what is labelled counts', () => {
    const scene = sceneOf({ thing: [-1.5, 0, 0], thing2: [1.5, 0, 0], other: [0, 1.5, 0] });
    expect(() => view(scene, { pose: at([0, 0, 5]), sees: { objects: 2 } })).not.toThrow();
    expect(() => view(scene, { pose: at([0, 0, 5]), sees: { objects: 3 } })).toThrow(
      /at best 2 were in sight/,
    );
  });

  it('ends behind the camera, before the near plane and behind the far one', () => {
    const scene = sceneOf({ thing: [0, 0, 8] }, 0.1);
    expect(() => view(scene, { pose: at([0, 0, 5]), sees: { objects: 1 } })).toThrow(SamplingError);
    expect(() => view(scene, { pose: at([0, 0, 200], [0, 0, 8]), sees: { objects: 1 } })).toThrow(
      SamplingError,
    );
    expect(() =>
      view(scene, { pose: at([0, 0, 5], [0, 0, 8]), sees: { objects: 1 } }),
    ).not.toThrow();
  });

  it('is hidden by what stands between, not by what stands beside or behind', () => {
    const between = sceneOf({ thing: [0, 0, 0], wall: [0, 0, 2] });
    const beside = sceneOf({ thing: [0, 0, 0], wall: [0.51, 0, 2] });
    const behind = sceneOf({ thing: [0, 0, 0], wall: [0, 0, -2] });
    expect(() => view(between, { pose: at([0, 0, 5]), sees: { objects: 1 } })).toThrow(/at best 0/);
    expect(() => view(beside, { pose: at([0, 0, 5]), sees: { objects: 1 } })).not.toThrow();
    expect(() => view(behind, { pose: at([0, 0, 5]), sees: { objects: 1 } })).not.toThrow();
  });
});

it('nothing is nearer than the clearance: half a metre before a face of a box', () => {
  const scene = sceneOf({ thing: [0, 0, 0] });
  expect(() =>
    view(scene, { pose: at([0, 0, 1]), sees: { clearanceMeters: 0.499 } }),
  ).not.toThrow();
  expect(() => view(scene, { pose: at([0, 0, 1]), sees: { clearanceMeters: 0.501 } })).toThrow(
    /0\.500 m clear/,
  );
  // To a corner: the diagonal of 0.3, 0.4 and 1.2 is 1.3.
  const corner = at([0.8, 0.9, 1.7]);
  expect(() => view(scene, { pose: corner, sees: { clearanceMeters: 1.299 } })).not.toThrow();
  expect(() => view(scene, { pose: corner, sees: { clearanceMeters: 1.301 } })).toThrow(
    SamplingError,
  );
});

describe('poses that are drawn again', () => {
  // A wall along x hides the thing from every view with z above 0.
  const scene = makeScene(`sceneVersion: 1
name: wall
nodes:
  - name: thing
    shape: { kind: sphere, radius: 0.1 }
    category: vase
  - name: wall
    shape: { kind: box, size: [40, 40, 0.02] }
    position: [0, 0, 0.2]
`);
  const pose = { kind: 'shell', radiusMeters: 3, elevationDegrees: 0 } as const;
  const frames = Array.from({ length: 300 }, (_, frame) => ({
    free: view(scene, { pose, frame }),
    judged: view(scene, { pose, sees: { objects: 1 }, frame }),
  }));

  it('end in a view that is good, and are counted', () => {
    let rejected = 0;
    for (const { judged } of frames) {
      expect(judged.camera.position[2]).toBeLessThan(0.2);
      rejected += judged.rejections['camera.pose'] ?? 0;
    }
    // Each attempt succeeds with a chance of 1/2 + asin(0.2 / 3) / π = 0.521: 0.919 rejections a frame.
    expect(rejected / 300).toBeGreaterThan(0.919 - 4 * Math.sqrt(1.76 / 300));
    expect(rejected / 300).toBeLessThan(0.919 + 4 * Math.sqrt(1.76 / 300));
  });

  it('are the first that was drawn where that was good; nothing else moves', () => {
    let kept = 0;
    for (const { free, judged } of frames) {
      expect({ ...judged, camera: free.camera, draws: {}, rejections: {} }).toEqual({
        ...free,
        draws: {},
      });
      if (judged.rejections['camera.pose'] !== undefined) continue;
      kept++;
      expect(judged).toEqual(free);
    }
    expect(kept).toBeGreaterThan(120);
  });

  it('are bounded', () => {
    expect(() => view(scene, { pose: at([0, 0, 3]), sees: { objects: 1, attempts: 7 } })).toThrow(
      /none of 7 views/,
    );
  });
});

it('is refused where something but the camera moves', () => {
  const { config, scene } = makeRunInputs({
    sequence: { frames: 3 },
    camera: { pose: at([0, 1, 3]), sees: {} },
    objects: {
      g: {
        assets: ['crate-1'],
        count: 1,
        motion: {},
        placement: { kind: 'scatter', surface: 'floor' },
      },
    },
  });
  const [issue] = findConfigIssues(config, { scene, catalogue: CATALOGUE });
  expect(issue?.message ?? issue).toMatch(/nothing but the camera to move where camera\.sees/);
});
