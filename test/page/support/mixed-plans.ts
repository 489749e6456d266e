import { prepareInputs, type LoadedInputs } from '#node/run/prepare-run';
import type { ResolveResource } from '#node/server/page-server';
import { planFrame } from '#shared/plan/plan-frame';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sampleScene } from '#shared/sampling/sample-scene';
import { EVERY_KIND, loadEveryKind } from './load-every-kind.ts';
import { makeStripedPlan, makeTouchingPlan } from './made-plans.ts';

/** Plans that have little in common, by name, and the bytes that they need. */
export type MixedPlans = Readonly<{
  plans: ReadonlyMap<string, FramePlan>;
  resolveResource: ResolveResource;
  remove: () => Promise<void>;
}>;

/**
 * Frames of configs that ship and of the fixtures, and made ones, which differ in size, lights,
 * environments, materials, patterns, models and sensor: whatever one leaves behind in the page, another
 * would show.
 */
export async function loadMixedPlans(): Promise<MixedPlans> {
  const tabletop = await prepareInputs({
    configPath: 'configs/tabletop.yaml',
    sets: ['image.width=96', 'image.height=72', 'render.shadowMapPixels=128'],
  });
  const [outdoors, indoors] = [
    await loadEveryKind(EVERY_KIND[0]),
    await loadEveryKind(EVERY_KIND[1]),
  ];
  const sources: readonly (readonly [string, LoadedInputs, readonly number[]])[] = [
    ['table-top', tabletop, [3]],
    ['every kind', outdoors, [2]],
    ['every kind, indoors', indoors, [5]],
  ];
  const plans = new Map<string, FramePlan>();
  for (const [name, { inputs }, frames] of sources) {
    for (const frame of frames) {
      plans.set(`${name}, frame ${frame}`, planFrame(inputs, sampleScene(inputs, frame)));
    }
  }
  plans.set('touching boxes', makeTouchingPlan(0.5));
  plans.set('striped', makeStripedPlan(12));
  return {
    plans,
    resolveResource: async (key) => {
      for (const [, { resolveResource }] of sources) {
        const found = await resolveResource(key);
        if (found !== null) return found;
      }
      return null;
    },
    remove: async () => {
      await outdoors.remove();
      await indoors.remove();
    },
  };
}
