import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema, type Config } from '#shared/config/config-schema';
import { formatPath, type PathSegment } from '#shared/config/parameter-path';
import { visitValues } from '#shared/config/visit-values';
import { SamplingError } from '#shared/core/errors';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { EVERY_KIND, loadEveryKind } from '../page/support/load-every-kind.ts';

/** Draws that hang on room, which what stands in the way takes: places, and what is drawn anew with them. */
const OF_ROOM =
  /^objects\..*\.(yawDegrees|shiftMeters|azimuthDegrees|distanceMeters|heightMeters)$|\.jitterMeters|\.material/;
const FRAME = 3;
/** Where what falls comes to rest is no draw, and takes seconds. */
const FALLS: readonly string[] = ['drop', 'pile'];

type Part = 'vars' | 'lights' | 'nodes' | 'objects';
const PARTS: readonly Part[] = ['vars', 'lights', 'nodes', 'objects'];

const isUnder = (path: string, owner: string): boolean =>
  path === owner || path.startsWith(`${owner}.`) || path.startsWith(`${owner}[`);

/** Draws in an order of their own, without those that `leave` says. */
function drawsOf({ draws }: SceneSample, leave: (path: string) => boolean): readonly unknown[] {
  return Object.entries(draws)
    .filter(([path]) => !leave(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

type DrawnPlace = Readonly<{ place: readonly PathSegment[]; value: unknown }>;

/** Places of a config that a frame drew, each once. */
function drawnPlaces(config: Config, { draws, rejections }: SceneSample): readonly DrawnPlace[] {
  const places: DrawnPlace[] = [];
  visitValues(configSchema, config, ({ path, value }) => {
    const text = formatPath(path);
    // What was drawn anew with other numbers had other values before.
    const again = Object.keys(rejections).some((rejected) => isUnder(text, rejected));
    if (Object.hasOwn(draws, text) && !again) places.push({ place: path, value });
  });
  return places;
}

function withValueAt<T>(document: T, [key, ...rest]: readonly PathSegment[], value: unknown): T {
  if (key === undefined) return value as T;
  const copy = (Array.isArray(document) ? [...(document as unknown[])] : { ...document }) as Record<
    PathSegment,
    unknown
  >;
  copy[key] = withValueAt(copy[key], rest, value);
  return copy as T;
}

/** The sample of a changed config; null where it lacks what another value refers to. */
function trySample(inputs: RunInputs, config: Config): SceneSample | null {
  try {
    return sampleScene({ ...inputs, config }, FRAME);
  } catch (error) {
    if (error instanceof SamplingError) return null;
    throw error;
  }
}

/** Places that stand in the first config alike need to be fixed once only. */
const done = new Set<string>();

describe.each(EVERY_KIND)('randomisers of %s', (path) => {
  let inputs: RunInputs;
  let before: SceneSample;
  beforeAll(async () => {
    const { inputs: loaded, remove } = await loadEveryKind(path);
    await remove();
    const groups = Object.entries(loaded.config.objects);
    const objects = Object.fromEntries(
      groups.filter(([, { placement }]) => !FALLS.includes(placement.kind)),
    );
    inputs = { ...loaded, config: { ...loaded.config, objects } };
    before = sampleScene(inputs, FRAME);
  });

  it('may each be fixed at what it drew, and the whole sample stays, but for its own record', () => {
    let fixed = 0;
    for (const { place, value } of drawnPlaces(inputs.config, before)) {
      const own = formatPath(place);
      const key = JSON.stringify([own, value]);
      if (done.has(key)) continue;
      done.add(key);
      const constant = { kind: 'constant', value: before.draws[own] };
      const config = withValueAt(inputs.config, place, constant);
      const after = sampleScene({ ...inputs, config }, FRAME);
      const leave = (drawn: string): boolean => isUnder(drawn, own);
      expect(drawsOf(after, leave), own).toEqual(drawsOf(before, leave));
      expect({ ...after, draws: {} }, own).toEqual({ ...before, draws: {} });
      fixed += 1;
    }
    expect(fixed).toBeGreaterThan(path === EVERY_KIND[0] ? 40 : 2);
  });

  it('may each be left out, and every other draw stays', () => {
    let left = 0;
    for (const part of PARTS) {
      for (const name of Object.keys(inputs.config[part])) {
        const key = JSON.stringify([part, name, inputs.config[part][name]]);
        if (done.has(key)) continue;
        done.add(key);
        const { [name]: _, ...others } = inputs.config[part] as Record<string, unknown>;
        const after = trySample(inputs, { ...inputs.config, [part]: others });
        if (after === null) continue;
        const sees = inputs.config.camera.sees !== undefined && part !== 'vars';
        const takesRoom = part === 'objects' || part === 'nodes';
        const leave = (drawn: string): boolean =>
          isUnder(drawn, `${part}.${name}`) ||
          (takesRoom && OF_ROOM.test(drawn)) ||
          (sees && isUnder(drawn, 'camera'));
        expect(drawsOf(after, leave), `${part}.${name}`).toEqual(drawsOf(before, leave));
        left += 1;
      }
    }
    expect(left).toBeGreaterThan(path === EVERY_KIND[0] ? 20 : -1);
  });

  it('may change places, and every draw stays', () => {
    const backwards = (record: object): object =>
      Object.fromEntries(Object.entries(record).reverse());
    const expectSame = (after: SceneSample, name: string): void => {
      const nothing = (): boolean => false;
      expect(drawsOf(after, nothing), name).toEqual(drawsOf(before, nothing));
      expect([after.objects, after.camera], name).toEqual([before.objects, before.camera]);
    };
    for (const part of ['lights', 'nodes'] as const) {
      const config = { ...inputs.config, [part]: backwards(inputs.config[part]) } as Config;
      expectSame(sampleScene({ ...inputs, config }, FRAME), part);
    }
    // Each variable that no other refers to goes to the end; they are many, and cheap together.
    let { vars } = inputs.config;
    for (const name of Object.keys(vars)) {
      const { [name]: moved, ...others } = vars;
      if (moved === undefined || JSON.stringify(others).includes(name)) continue;
      vars = { ...others, [name]: moved };
    }
    if (Object.keys(vars).length > 1)
      expect(Object.keys(vars)).not.toEqual(Object.keys(inputs.config.vars));
    expectSame(sampleScene({ ...inputs, config: { ...inputs.config, vars } }, FRAME), 'vars');
  });
});
