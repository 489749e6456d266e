import { describe, expect, it } from 'vitest';
import { checkConfig } from '#shared/config/check-config';
import type { ConfigInput } from '#shared/config/config-schema';
import { luminanceOf } from '#shared/core/daylight';
import { SamplingError } from '#shared/core/errors';
import type { FramePlan, PlanLight } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { daylightOf } from '#shared/plan/photometry';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';
import { problemsOf } from '../config/problems-of.ts';

type Changes = Partial<ConfigInput>;
type Lights = NonNullable<ConfigInput['lights']>;

const SCENE = makeScene();
const inputsOf = (changes: Changes): ReturnType<typeof makeRunInputs> =>
  makeRunInputs(changes, SCENE);
const planOf = (changes: Changes): FramePlan => {
  const inputs = inputsOf(changes);
  return planFrame(inputs, sampleScene(inputs, 0));
};
const issuesOf = (changes: Changes): readonly string[] => {
  const inputs = inputsOf(changes);
  return problemsOf(() => checkConfig(inputs.config, inputs));
};
const sky = (elevationDegrees: number, more: object = {}): Changes => ({
  environment: {
    sky: { sun: { kind: 'direction', azimuthDegrees: 90, elevationDegrees }, ...more },
  },
});
const lamp = (light: object): Lights =>
  ({
    lamp: { place: { kind: 'at', position: [0, 2, 0] }, intensity: 1, ...light },
  }) as unknown as Lights;
/** White is 1 cd/m²: 1.2 · 2^EV = 1. */
const UNIT_WHITE = { kind: 'ev100', ev100: -Math.log2(1.2) } as const;
const intensityOf = (light: object): number =>
  planOf({ lights: lamp(light), photometry: UNIT_WHITE }).lights.at(-1)?.intensity ?? NaN;

describe('units of lights', () => {
  // A white card has luminance E / π, and E = I at 1 m: intensity 1 is π lux or candela where white is 1 cd/m².
  it.each([
    [{ kind: 'directional', unit: 'lux' }, 1 / Math.PI],
    [{ kind: 'point', unit: 'candela' }, 1 / Math.PI],
    [{ kind: 'point', unit: 'lumen' }, 1 / Math.PI / (4 * Math.PI)],
    [{ kind: 'area', unit: 'lumen' }, 1 / Math.PI / Math.PI],
    [{ kind: 'area', unit: 'nit', widthMeters: 2, heightMeters: 3 }, 6 / Math.PI],
    [{ kind: 'area', unit: 'candela' }, 1 / Math.PI],
    [{ kind: 'point', unit: 'relative' }, 1],
  ])('%j', (light, expected) => {
    expect(intensityOf(light)).toBeCloseTo(expected, 9);
  });

  it('lumens of a spot are those of its cone, the fading rim integrated', () => {
    const candela = intensityOf({ kind: 'spot', unit: 'lumen', coneDegrees: 50, penumbra: 0.4 });
    const [inner, outer] = [Math.cos((30 * Math.PI) / 180), Math.cos((50 * Math.PI) / 180)];
    let flux = 0;
    const steps = 20000;
    for (let i = 0; i < steps; i++) {
      const cosine = outer + ((1 - outer) * (i + 0.5)) / steps;
      const t = Math.min(1, Math.max(0, (cosine - outer) / (inner - outer)));
      flux += (2 * Math.PI * t * t * (3 - 2 * t) * (1 - outer)) / steps;
    }
    expect(candela * Math.PI * flux).toBeCloseTo(1, 6);
  });

  it('keep their luminance whatever the colour, where they are in physical units', () => {
    const lights = lamp({ kind: 'point', unit: 'candela', color: '#203080' });
    const light = planOf({ lights, photometry: UNIT_WHITE }).lights.at(-1);
    expect(luminanceOf(light?.color ?? [0, 0, 0])).toBeCloseTo(1, 12);
    const relative = planOf({ lights: lamp({ kind: 'point', color: '#203080' }) }).lights.at(-1);
    expect(luminanceOf(relative?.color ?? [1, 1, 1])).toBeLessThan(0.1);
  });

  it('each stop of EV halves them', () => {
    const at = (ev100: number): number =>
      planOf({
        lights: lamp({ kind: 'point', unit: 'candela' }),
        photometry: { kind: 'ev100', ev100 },
      }).lights.at(-1)?.intensity ?? NaN;
    expect(at(8) / at(7)).toBeCloseTo(0.5, 12);
  });

  it('that do not fit their kind are refused', () => {
    expect(
      issuesOf({ lights: lamp({ kind: 'spot', unit: 'lux' }), photometry: UNIT_WHITE }),
    ).toEqual([
      expect.stringContaining('expected relative or candela or lumen for a spot light, found lux'),
    ]);
    expect(issuesOf({ lights: lamp({ kind: 'spot', unit: 'lumen' }) })).toEqual([
      expect.stringContaining('photometry: expected ev100'),
    ]);
    expect(() => planOf({ lights: lamp({ kind: 'spot', unit: 'lumen' }) })).toThrow(SamplingError);
  });
});

describe('a sky in a plan', () => {
  const sunOf = ({ lights }: FramePlan): PlanLight => {
    const light = lights.at(-1);
    if (!light) throw new Error('the plan has no light');
    return light;
  };

  it('metered, a white card on the ground is white: sky and sun add up to radiance 1', () => {
    for (const [elevation, overcast] of [
      [70, 0],
      [12, 0],
      [40, 0.5],
      [-3, 0],
      [-40, 0],
    ] as const) {
      const plan = planOf(sky(elevation, { overcast, turbidity: 3 }));
      const sun = { azimuthDegrees: 90, elevationDegrees: elevation };
      const model = daylightOf({
        ...{ sun, overcast, turbidity: 3, ground: [0, 0, 0], castShadow: true },
      }).sky;
      const light = sunOf(plan);
      const sunShare =
        luminanceOf(light.color) *
        light.intensity *
        Math.max(0, Math.sin((elevation * Math.PI) / 180));
      // Radiances of the plan are the model's luminances, all by one factor.
      const scale = (plan.environment.sky?.clear ?? 0) / model.clear;
      expect((model.illuminance / Math.PI) * scale + sunShare).toBeCloseTo(1, 9);
    }
  });

  it('its sun is a light from where the disc is, and none below the horizon', () => {
    const plan = planOf(sky(30));
    const { position, target, kind } = sunOf(plan);
    const away = position.map((at, i) => (at - (target[i] ?? 0)) / 1000);
    for (const [axis, value] of (plan.environment.sky?.sun ?? []).entries())
      expect(away[axis]).toBeCloseTo(value, 12);
    expect(away[0]).toBeCloseTo(Math.cos(Math.PI / 6), 12);
    expect(away[1]).toBeCloseTo(0.5, 12);
    expect(kind).toBe('directional');
    expect(sunOf(planOf(sky(-2))).intensity).toBe(0);
  });

  it('a moon is one light more, in every frame', () => {
    const moon = { azimuthDegrees: 0, elevationDegrees: 50 };
    const night = planOf(sky(-30, { moon }));
    expect(night.lightCapacity.directional - planOf(sky(-30)).lightCapacity.directional).toBe(1);
    expect(sunOf(night).intensity).toBeGreaterThan(0);
    expect(night.environment.sky?.even).toBeGreaterThan(0);
  });

  it('a date puts the sun where it stands, with north as asked', () => {
    const where = { latitudeDegrees: 50, longitudeDegrees: 0, date: '2025-06-21', hour: 12 };
    const dated = (northDegrees: number): readonly number[] => {
      const sun = { kind: 'date', ...where, northDegrees } as const;
      return planOf({ environment: { sky: { sun } } }).environment.sky?.sun ?? [];
    };
    // Noon at midsummer: 63.4° high in the south, which is +Z where north is −Z.
    const south = dated(180);
    expect(Math.abs((south[1] ?? 0) - Math.sin((63.44 * Math.PI) / 180))).toBeLessThan(2e-3);
    expect(south[2]).toBeGreaterThan(0.44);
    expect(dated(0)[2]).toBeLessThan(-0.44);
  });

  it('is refused beside a map, a turn or a blur, and with a day that is none', () => {
    const { environment } = sky(20);
    expect(issuesOf({ environment: { ...environment, map: 'dawn' } })).toEqual([
      expect.stringContaining('environment.map: expected no map beside environment.sky'),
    ]);
    expect(issuesOf({ environment: { ...environment, rotationDegrees: 20 } })).toEqual([
      expect.stringContaining('environment.rotationDegrees'),
    ]);
    expect(
      issuesOf({ environment: { ...environment, background: { kind: 'environment', blur: 0.1 } } }),
    ).toEqual([expect.stringContaining('environment.background.blur')]);
    const sun = { kind: 'date', latitudeDegrees: 0, longitudeDegrees: 0, hour: 1 } as const;
    expect(() => planOf({ environment: { sky: { sun: { ...sun, date: '2025-02-30' } } } })).toThrow(
      'environment.sky.sun.date: expected a date as "2025-06-21", found "2025-02-30"',
    );
  });
});
