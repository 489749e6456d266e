import { describe, expect, it } from 'vitest';
import { brokenRules, meanLuma, missedGoal } from '#shared/annotate/judge-frame';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import type { ConfigInput } from '#shared/config/config-schema';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const amodal = (visibility: number): InstanceAnnotation['amodal'] => ({
  area: 4,
  segmentation: { size: [1, 1], counts: '' },
  bbox: [0, 0, 1, 1],
  silhouetteArea: 4,
  silhouetteClipped: false,
  visibility,
  occlusion: 1 - visibility,
  truncation: 0,
});
/** A post whose box is 3 × 1, a crate of 1 × 1, a crate of 2 × 2 that is half hidden. */
const INSTANCES = [
  makeAnnotation(1, '111.', { categoryId: 1, amodal: amodal(1) }),
  makeAnnotation(2, '1...', { categoryId: 2, amodal: amodal(0.75) }),
  makeAnnotation(3, '11..\n11..', { categoryId: 2, amodal: amodal(0.5) }),
];
const GREY = Uint8Array.from([51, 51, 51, 255, 51, 51, 51, 255]);
const FRAME = {
  annotations: { instances: INSTANCES, dropped: [], depthBeyond16Bit: 0 },
  buffers: { color: GREY },
};
type Rule = NonNullable<ConfigInput['accept']>['rules'][number];
const configWith = (changes: Partial<ConfigInput>) => makeRunInputs(changes).config;
const broken = (rule: Rule) => brokenRules(configWith({ accept: { rules: [rule] } }), FRAME);

describe('brokenRules', () => {
  it.each<[Rule, number | null]>([
    [{ kind: 'count', atLeast: 3 }, null],
    [{ kind: 'count', atLeast: 4 }, 3],
    [{ kind: 'count', atMost: 2 }, 3],
    [{ kind: 'count', categories: ['crate'], atLeast: 2, atMost: 2 }, null],
    [{ kind: 'count', categories: ['wedge'], atLeast: 1 }, 0],
    [{ kind: 'count', categories: ['post', 'wedge'], atMost: 0 }, 1],
    [{ kind: 'count', boxPixels: { min: 2, max: 3 }, atLeast: 2 }, null],
    [{ kind: 'count', boxPixels: { min: 2, max: 2.5 }, atLeast: 2 }, 1],
    [{ kind: 'count', boxPixels: { max: 1 }, atMost: 0 }, 1],
    [{ kind: 'count', occlusion: { min: 0.25 }, atLeast: 3 }, 2],
    [{ kind: 'count', visibility: { min: 0.5, max: 0.75 }, atLeast: 2 }, null],
    [{ kind: 'count', truncation: { min: 0.01 }, atMost: 0 }, null],
    [{ kind: 'brightness', min: 0.1, max: 0.3 }, null],
    [{ kind: 'brightness', min: 0.3 }, 0.2],
  ])('judges %j', (rule, found) => {
    expect(broken(rule)).toEqual(found === null ? [] : [{ rule: 'accept.rules[0]', found }]);
  });

  it('takes an instance without an amodal mask for none that a share could hold for', () => {
    const [first] = INSTANCES;
    const { amodal: _amodal, ...bare } = first ?? makeAnnotation(1, '1');
    const frame = { ...FRAME, annotations: { ...FRAME.annotations, instances: [bare] } };
    const rules: Rule[] = [{ kind: 'count', visibility: { min: 0 }, atLeast: 1 }];
    expect(brokenRules(configWith({ accept: { rules } }), frame)).toHaveLength(1);
  });
});

describe('missedGoal', () => {
  const targets = {
    goals: {
      hidden: { instances: 9, perFrame: 2, occlusion: { min: 0.2 } },
      big: { instances: 1, boxPixels: { min: 9 } },
    },
  };

  it('asks for as many as a frame of the goal must show', () => {
    const config = configWith({ targets });
    expect(missedGoal(config, 'hidden', FRAME)).toBeNull();
    expect(missedGoal(config, 'big', FRAME)).toEqual({ rule: 'targets.goals.big', found: 0 });
    expect(missedGoal(config, undefined, FRAME)).toBeNull();
  });
});

describe('meanLuma', () => {
  it.each([
    [[255, 255, 255, 255], 1],
    [[255, 0, 0, 255, 0, 0, 0, 255], 0.2126 / 2],
    [[0, 255, 0, 255, 0, 0, 255, 255], (0.7152 + 0.0722) / 2],
  ])('of %j is %f', (pixels, expected) => {
    expect(meanLuma(Uint8Array.from(pixels))).toBeCloseTo(expected, 12);
  });
});
