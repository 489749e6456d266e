import type { GoalSpec } from '../config/acceptance-schema.ts';
import type { Config, ObjectGroupSpec } from '../config/config-schema.ts';
import type { ModelAsset } from '../core/asset-catalogue.ts';

/** The goal of a name; undefined where there is none. A goal may be called `constructor`. */
export function goalNamed(
  { targets }: Pick<Config, 'targets'>,
  name: string | undefined,
): GoalSpec | undefined {
  if (name === undefined || targets === undefined) return undefined;
  return Object.hasOwn(targets.goals, name) ? targets.goals[name] : undefined;
}

/**
 * A group as a frame draws from it that pursues a goal: the goal's `weight` is a factor on those of its
 * categories, so that they come up more often. The group itself where nothing is steered, or where its
 * objects carry no category.
 *
 * @param models Those that the group may draw; by their categories, where it names assets alone.
 */
export function steerGroup(
  group: ObjectGroupSpec,
  goal: GoalSpec | undefined,
  models: () => readonly ModelAsset[],
): ObjectGroupSpec {
  const { weight: factor = 1, categories: wanted = [] } = goal ?? {};
  if (factor === 1 || !group.labelled) return group;
  const { weights } = group;
  const steered =
    group.categories === undefined
      ? models()
          .filter(({ category }) => category !== undefined && wanted.includes(category))
          .map(({ id }) => id)
      : group.categories.filter((name) => wanted.includes(name));
  const weightOf = (name: string): number =>
    (Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1) * factor;
  return {
    ...group,
    weights: { ...weights, ...Object.fromEntries(steered.map((name) => [name, weightOf(name)])) },
  };
}
