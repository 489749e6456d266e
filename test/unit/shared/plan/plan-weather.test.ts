import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { luminanceOf } from '#shared/core/daylight';
import { cos, sin, TAU } from '#shared/core/portable-math';
import { meanSkyRadiance, skyRadiance } from '#shared/plan/mean-sky';
import type { PlanLight } from '#shared/plan/frame-plan';
import { daylightOf } from '#shared/plan/photometry';
import { planFrame } from '#shared/plan/plan-frame';
import { planSky } from '#shared/plan/plan-sky';
import { airlightOf, extinctionOf } from '#shared/plan/plan-weather';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SkySample } from '#shared/sampling/scene-sample';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const skyOf = (elevationDegrees: number, overcast: number): SkySample => ({
  sun: { azimuthDegrees: 40, elevationDegrees },
  turbidity: 3,
  overcast,
  ground: [0.2, 0.2, 0.2],
  castShadow: true,
});
const plannedSky = (sample: SkySample) =>
  planSky(sample, daylightOf(sample), { white: 10_000, strength: 1 });

describe('the airlight', () => {
  it('of an overcast sky is (E_sky + ρ E_ground) / 2π', () => {
    const sample = skyOf(40, 1);
    const { sky, ground } = daylightOf(sample);
    const wanted = (sky.illuminance + 0.2 * ground.lux) / (2 * Math.PI) / 10_000;
    // The CIE's sky is darker at the horizon, which has the more weight here: 2/3 over 7/9.
    const [, found] = airlightOf({ lights: [], sky: plannedSky(sample) });
    const even =
      (wanted * ((sky.illuminance * 6) / 7 + 0.2 * ground.lux)) /
      (sky.illuminance + 0.2 * ground.lux);
    expect(found / even).toBeCloseTo(1, 3);
  });

  it('has a quarter of a directional light’s intensity, and nothing of lamps', () => {
    const lamp: PlanLight = {
      kind: 'point',
      position: [0, 1, 0],
      target: [0, 0, 0],
      color: [1, 0.5, 0],
      intensity: 2,
      castShadow: false,
      sizeMeters: 0,
      coneRadians: 1,
      penumbra: 0,
    };
    const lights: readonly PlanLight[] = [{ ...lamp, kind: 'directional' }, lamp];
    expect(airlightOf({ lights, sky: undefined })).toEqual([0.5, 0.25, 0]);
  });

  it.each([60, 10, -4])('takes the mean of a clear sky, within 1 %: sun at %d°', (elevation) => {
    const sky = plannedSky(skyOf(elevation, 0));
    let [sum, count] = [0, 0];
    for (let i = 0; i < 200; i++)
      for (let k = 0; k < 200; k++) {
        const height = (i + 0.5) / 200;
        const aside = Math.sqrt(1 - height * height);
        const turn = ((k + 0.5) / 200) * TAU;
        sum += luminanceOf(skyRadiance(sky, [aside * cos(turn), height, aside * sin(turn)]));
        count += 1;
      }
    expect(luminanceOf(meanSkyRadiance(sky)) / (sum / count)).toBeCloseTo(1, 2);
  });
});

describe('the medium of a plan', () => {
  const mediumOf = (weather: ConfigInput['weather']) => {
    const inputs = makeRunInputs({ weather });
    return planFrame(inputs, sampleScene(inputs, 0)).weather?.medium;
  };

  it('is absent without weather, and where a frame has none', () => {
    const inputs = makeRunInputs({});
    expect('weather' in planFrame(inputs, sampleScene(inputs, 0))).toBe(false);
    expect(mediumOf({ fog: { present: false, visibilityMeters: 10 } })).toBeUndefined();
  });

  it('adds up extinctions and mixes airlights by their shares', () => {
    const medium = mediumOf({
      fog: { visibilityMeters: 100, airlight: '#ffffff' },
      dust: { visibilityMeters: 50, angstromExponent: 1, airlight: '#000000' },
      topMeters: 30,
    });
    const [fog, dust] = [extinctionOf(100, 0), extinctionOf(50, 1)];
    for (const c of [0, 1, 2] as const) {
      expect(medium?.extinctionPerMeter[c]).toBeCloseTo(fog[c] + dust[c], 12);
      expect(medium?.airlight[c]).toBeCloseTo(fog[c] / (fog[c] + dust[c]), 12);
    }
    expect(medium?.environmentShare).toEqual([0, 0, 0]);
    expect(medium?.topMeters).toBe(30);
  });

  it('takes the environment map’s part where there is no sky, dimmed by tint', () => {
    const medium = mediumOf({ fog: { visibilityMeters: 100, tint: '#ff0000' } });
    expect(medium?.environmentShare).toEqual([1, 0, 0]);
  });

  it('is refused where a draw has no meaning', () => {
    const inputs = makeRunInputs({
      weather: { fog: { visibilityMeters: { kind: 'normal', mean: 0, std: 0.01 } } },
    });
    expect(() => sampleScene(inputs, 0)).toThrow(
      /weather\.fog\.visibilityMeters: expected a value in 1\.\./,
    );
  });
});
