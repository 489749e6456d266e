import { matchAssets } from './asset-pattern.ts';
import type { LabelledObject } from './labelled-objects.ts';
import { ownedMembers } from './scene-members.ts';
import type { DescribedNode } from './scene-description.ts';

/** Parts of a category: names, with the nodes that they are made of, by name or pattern. */
export type PartPatterns = Readonly<Record<string, readonly string[]>>;

/** A node, as far as parts are concerned. */
export type PartNode = Readonly<{ name: string; part?: string | undefined }>;

/** The nodes of an object that may be parts of it. */
export function partNodesOf(
  { model, node }: LabelledObject,
  sceneNodes: readonly DescribedNode[],
): readonly PartNode[] {
  return model ? model.nodes : ownedMembers(sceneNodes, node);
}

/** The parts that the config makes a node; more than one is an error of the config. */
export function statedParts(patterns: PartPatterns, { name }: PartNode): readonly string[] {
  return Object.keys(patterns).filter((part) =>
    (patterns[part] ?? []).some((pattern) => matchAssets(pattern, [name]).length > 0),
  );
}

/**
 * The part that a node begins, with all below it up to nodes of other parts: as the config says, else as
 * its extras do; null where neither says so.
 */
export function partOf(patterns: PartPatterns, node: PartNode): string | null {
  return statedParts(patterns, node)[0] ?? node.part ?? null;
}
