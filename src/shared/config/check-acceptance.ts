import { categoryNames } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import type { GoalSpec, InstanceMatch } from './acceptance-schema.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { selectModels } from './select-models.ts';
import { suggestFrom } from './suggest.ts';

/** Checks what `accept` and `targets` name, that labels can tell it, and that frames stand alone. */
export function checkAcceptance(context: CheckContext): void {
  const { config, report } = context;
  for (const key of ['accept', 'targets'] as const) {
    if (config[key] === undefined || config.sequence.frames === 1) continue;
    const advice = 'The frames of a sequence share their draws, so none can be drawn again alone.';
    report(key, `expected no ${key} where frames form sequences`, advice);
  }
  for (const [index, rule] of (config.accept?.rules ?? []).entries())
    if (rule.kind === 'count') checkMatch(context, rule, ['accept', 'rules', index]);
  for (const [name, goal] of Object.entries(config.targets?.goals ?? {})) {
    checkMatch(context, goal, ['targets', 'goals', name]);
    checkWeight(context, goal, ['targets', 'goals', name, 'weight']);
  }
}

/** A weight that no group can feel would steer nothing in silence. */
function checkWeight(
  { config, catalogue, report }: CheckContext,
  { weight, categories = [] }: GoalSpec,
  path: readonly PathSegment[],
): void {
  if (weight === undefined) return;
  const isFelt = Object.values(config.objects).some((group) => {
    const drawn = group.labelled ? selectModels(group, catalogue) : [];
    const wanted = drawn.filter(({ category }) => categories.includes(category ?? ''));
    return wanted.length > 0 && wanted.length < drawn.length;
  });
  if (isFelt) return;
  report(
    formatPath(path),
    `expected a labelled group that draws ${categories.join(', ')} among other categories, found none`,
    'Put them into one group with others, or leave the weight out.',
  );
}

function checkMatch(
  { config, report }: CheckContext,
  match: InstanceMatch,
  path: readonly PathSegment[],
): void {
  const names = categoryNames(config);
  for (const [index, category] of (match.categories ?? []).entries()) {
    if (names.includes(category)) continue;
    report(
      formatPath([...path, 'categories', index]),
      `unknown category ${JSON.stringify(category)}`,
      suggestFrom(category, names, 'categories of the config'),
    );
  }
  for (const key of ['visibility', 'occlusion', 'truncation'] as const) {
    if (match[key] === undefined || config.labels.amodal) continue;
    report(formatPath([...path, key]), `expected no ${key} where labels.amodal is false`);
  }
}
