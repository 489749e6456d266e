import { matchAssets } from '../config/asset-pattern.ts';
import type { PolicyRule } from '../config/label-policy.ts';
import type { DescribedNode } from '../config/scene-description.ts';
import type { PlanPolicy } from './frame-plan.ts';

/** Something that rules of `labels.policies` may be for. */
export type PolicySubject = Readonly<{
  category?: string | null | undefined;
  assetId?: string | null | undefined;
  /** Name of the scene's node; absent for placed objects. */
  node?: string | undefined;
}>;

/**
 * The rules for a thing, in the order of the config; the page chooses among them by material. A rule is
 * for a thing where all its lists have the thing itself, or one of those that it hangs from.
 *
 * @param subjects the thing, and what it hangs from.
 */
export function planPolicies(
  rules: readonly PolicyRule[],
  subjects: readonly PolicySubject[],
): Readonly<{ policies?: readonly PlanPolicy[] }> {
  const policies = rules
    .filter((rule) => subjects.some((subject) => isFor(rule, subject)))
    .map(({ policy, materials }) => ({ policy, ...(materials && { materials }) }));
  return policies.length > 0 ? { policies } : {};
}

/** A member of a scene loaded whole, and what it hangs from, itself first. */
export function memberSubjects(
  nodes: readonly DescribedNode[],
  node: DescribedNode,
): readonly PolicySubject[] {
  const byIndex = new Map(
    nodes.flatMap((one) =>
      one.content.kind === 'member' ? [[one.content.index, one] as const] : [],
    ),
  );
  const subjects: PolicySubject[] = [];
  for (let at: DescribedNode | undefined = node; at?.content.kind === 'member';) {
    subjects.push({ category: at.category, node: at.name });
    at = byIndex.get(at.content.parent);
  }
  return subjects;
}

function isFor({ categories, assets, nodes }: PolicyRule, subject: PolicySubject): boolean {
  return (
    has(categories, subject.category) && has(assets, subject.assetId) && has(nodes, subject.node)
  );
}

function has(patterns: readonly string[] | undefined, name: string | null | undefined): boolean {
  if (patterns === undefined) return true;
  if (name === null || name === undefined) return false;
  return patterns.some((pattern) => matchAssets(pattern, [name]).length > 0);
}
