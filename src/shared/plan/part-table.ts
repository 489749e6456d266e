import { categoryNames } from '../config/category-names.ts';
import { labelledObjects } from '../config/labelled-objects.ts';
import { type PartNode, partNodesOf, partOf } from '../config/resolve-parts.ts';
import { SamplingError } from '../core/errors.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { PlanPart } from './frame-plan.ts';

/** Part ids take the upper 16 bits of the id buffer's words. */
const MAX_PARTS = 65535;

/** Parts of a dataset, and who has them. */
export type PartTable = Readonly<{
  /** In order of id, dense from 1. */
  parts: readonly PlanPart[];
  /** Id of the part that a node begins; 0 where it begins none. */
  partIdOf: (category: string, node: PartNode) => number;
}>;

/** Tables are functions of the inputs, which every frame of a run shares. */
const TABLES = new WeakMap<RunInputs, PartTable>();

/**
 * The parts that objects of the config could have, alike for every frame of a dataset: category by
 * category, first those that the config names, in its order, then those of extras, by name.
 */
export function partTable(inputs: RunInputs): PartTable {
  const known = TABLES.get(inputs) ?? createPartTable(inputs);
  TABLES.set(inputs, known);
  return known;
}

function createPartTable(inputs: RunInputs): PartTable {
  const { config, scene } = inputs;
  const patternsOf = (category: string): RunInputs['config']['parts'][string] =>
    (Object.hasOwn(config.parts, category) ? config.parts[category] : undefined) ?? {};
  const objects = labelledObjects(inputs);
  const parts = categoryNames(config).flatMap((category, index) => {
    const patterns = patternsOf(category);
    const stated = Object.keys(patterns);
    const found = objects
      .filter((object) => object.category === category)
      .flatMap((object) => partNodesOf(object, scene.nodes))
      .flatMap((node) => partOf(patterns, node) ?? []);
    const marked = [...new Set(found)].filter((name) => !stated.includes(name)).sort();
    return [...stated, ...marked].map((name) => ({ categoryId: index + 1, category, name }));
  });
  if (parts.length > MAX_PARTS) {
    throw new SamplingError(
      `a dataset can have at most ${MAX_PARTS} parts, found ${parts.length}; name fewer`,
    );
  }
  const ids = new Map(
    parts.map(({ category, name }, i) => [JSON.stringify([category, name]), i + 1]),
  );
  return {
    parts: parts.map(({ categoryId, name }, i) => ({ partId: i + 1, categoryId, name })),
    partIdOf: (category, node) => {
      const name = partOf(patternsOf(category), node);
      return name === null ? 0 : (ids.get(JSON.stringify([category, name])) ?? 0);
    },
  };
}
