import type { ModelAsset } from '../core/asset-catalogue.ts';
import type { AnimationSpec } from './animation-schema.ts';
import { matchAssets } from './asset-pattern.ts';
import type { CheckContext } from './check-context.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { possibleTexts } from './possible-texts.ts';
import { selectModels } from './select-models.ts';
import { suggestFrom } from './suggest.ts';
import { rangeOf } from './value-range.ts';

/** Checks that every model of a group that is posed has what its animation names, and that nothing needs its stiffness. */
export function checkAnimation({ config, catalogue, report }: CheckContext): void {
  const { outputs, sequence, camera } = config;
  for (const [name, group] of Object.entries(config.objects)) {
    const { animation, placement } = group;
    if (!animation) continue;
    const path = ['objects', name, 'animation'];
    const refuse = (message: string, advice: string): void =>
      report(formatPath(path), message, advice);
    if (placement.kind === 'drop' || placement.kind === 'pile') {
      refuse(
        'expected objects that fall to keep the shape of their file, found an animation',
        'Leave animation out, or place them another way, such as scatter.',
      );
    }
    if (animation.timeSeconds !== undefined && animation.clip === undefined)
      refuse('expected a clip beside timeSeconds, found none', 'State the clip.');
    if (sequence.frames > 1 && animation.clip !== undefined) {
      const { forward, backward } = outputs.flow;
      if (animation.speed !== 0 && (forward !== 'none' || backward !== 'none'))
        refuse(
          'expected nothing that bends where outputs.flow is asked for, found a clip that plays',
          'Flow follows rigid poses: set speed: 0, or leave outputs.flow out.',
        );
      if (camera.sees)
        refuse(
          'expected nothing but the camera to move where camera.sees judges its view',
          'Leave the clip or camera.sees out.',
        );
    }
    for (const model of selectModels(group, catalogue)) {
      for (const fault of faultsOf(animation, model, config.vars))
        report(formatPath([...path, ...fault.path]), fault.message, fault.suggestion);
    }
  }
}

type Fault = Readonly<{
  path: readonly PathSegment[];
  message: string;
  suggestion?: string | undefined;
}>;

function faultsOf(
  { clip, joints, morphTargets, limitsShare }: AnimationSpec,
  { id, animations, nodes }: ModelAsset,
  vars: CheckContext['config']['vars'],
): readonly Fault[] {
  const who = `model ${JSON.stringify(id)}`;
  const missing = (
    what: string,
    wanted: string,
    known: readonly string[],
  ): Omit<Fault, 'path'> => ({
    message: `${who} has no ${what} ${JSON.stringify(wanted)}`,
    suggestion: suggestFrom(wanted, known, `${what}s of it`),
  });
  const clips = clip === undefined ? [] : possibleTexts(clip, vars, ['clip']);
  const names = nodes.map(({ name }) => name);
  const targets = nodes.flatMap(({ morphTargets: own = [] }) => own);
  const share = rangeOf(limitsShare, vars);
  return [
    ...clips
      .filter(({ text }) => matchAssets(text, animations).length === 0)
      .map(({ text, path }) => ({ path, ...missing('clip', text, animations) })),
    ...Object.keys(joints)
      .filter((pattern) => matchAssets(pattern, names).length === 0)
      .map((pattern) => ({ path: ['joints', pattern], ...missing('node', pattern, names) })),
    ...Object.keys(morphTargets)
      .filter((target) => !targets.includes(target))
      .map((target) => ({
        path: ['morphTargets', target],
        ...missing('morph target', target, targets),
      })),
    ...(share?.max !== 0 && nodes.every(({ jointLimitsDegrees }) => !jointLimitsDegrees)
      ? [
          {
            path: ['limitsShare'],
            message: `${who} states no limits of joints`,
            suggestion:
              'State jointLimitsDegrees: { x: [min, max], … } in the extras of its joints, or turn them by animation.joints.',
          },
        ]
      : []),
  ];
}
