import { matchAssets } from './asset-pattern.ts';
import { categoryNames, stuffCategoryIds } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import type { KeypointListSpec } from './keypoints-schema.ts';
import { labelledObjects } from './labelled-objects.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { type KeypointSubject, resolveKeypoints } from './resolve-keypoints.ts';
import { memberSubject } from './scene-members.ts';
import { suggestFrom } from './suggest.ts';

/** Checks that keypoint lists are sound, and that every object which could carry them has each point. */
export function checkKeypoints(context: CheckContext): void {
  const { config, report } = context;
  const categories = categoryNames(config);
  const stuff = stuffCategoryIds(config);
  for (const [category, list] of Object.entries(config.keypoints)) {
    const reportBelow = reporterBelow(category, context);
    if (!categories.includes(category)) {
      const suggestion = suggestFrom(category, categories, 'categories of the config');
      const message = `unknown category ${JSON.stringify(category)}`;
      report(formatPath(['keypoints', category]), message, suggestion);
      continue;
    }
    if (stuff.has(categories.indexOf(category) + 1)) {
      reportBelow(
        [],
        'expected a category of things, found stuff (isthing: false), which has no points',
      );
    }
    checkNames(list, reportBelow);
    const subjects = subjectsOf(category, context);
    checkPatterns(list, subjects, reportBelow);
    const reported = new Set<string>();
    for (const subject of subjects) {
      for (const { path, message, suggestion } of resolveKeypoints(list, subject).faults) {
        const key = formatPath(path);
        if (!reported.has(key)) reportBelow(path, message, suggestion);
        reported.add(key);
      }
    }
  }
}

type ReportBelow = (path: readonly PathSegment[], message: string, suggestion?: string) => void;

const reporterBelow =
  (category: string, { report }: CheckContext): ReportBelow =>
  (path, message, suggestion) =>
    report(formatPath(['keypoints', category, ...path]), message, suggestion);

function checkNames(list: KeypointListSpec, report: ReportBelow): void {
  const { names, skeleton, points, assets } = list;
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) === i) continue;
    report(['names', i], `expected each name once, found ${JSON.stringify(name)} again`);
  }
  const requireName = (name: string, path: readonly PathSegment[]): void => {
    if (names.includes(name)) return;
    const suggestion = suggestFrom(name, names, 'names of the list');
    report(path, `unknown keypoint ${JSON.stringify(name)}`, suggestion);
  };
  for (const [i, pair] of skeleton.entries()) {
    for (const [end, name] of pair.entries()) requireName(name, ['skeleton', i, end]);
  }
  for (const name of Object.keys(points)) requireName(name, ['points', name]);
  for (const [pattern, own] of Object.entries(assets)) {
    for (const name of Object.keys(own)) requireName(name, ['assets', pattern, name]);
  }
}

function checkPatterns(
  { assets }: KeypointListSpec,
  subjects: readonly KeypointSubject[],
  report: ReportBelow,
): void {
  const names = subjects.map(({ name }) => name);
  for (const pattern of Object.keys(assets)) {
    if (matchAssets(pattern, names).length > 0) continue;
    const suggestion = suggestFrom(pattern, names, 'objects of the category');
    const message = `no object of the category matches ${JSON.stringify(pattern)}`;
    report(['assets', pattern], message, suggestion);
  }
}

/** Every object of the category that a frame could label. */
function subjectsOf(category: string, context: CheckContext): readonly KeypointSubject[] {
  const { scene, reportScene } = context;
  return labelledObjects(context).flatMap(({ category: own, model, node }): KeypointSubject[] => {
    if (own !== category) return [];
    if (model) return [{ name: model.id, nodes: model.nodes }];
    if (node.content.kind !== 'member') return [{ name: node.name, nodes: [] }];
    try {
      return [memberSubject(scene.nodes, node)];
    } catch (cause) {
      reportScene(`node ${JSON.stringify(node.name)}`, (cause as Error).message);
      return [];
    }
  });
}
