import type { Material, Object3D } from 'three';
import { matchAssets } from '#shared/config/asset-pattern';
import {
  isLabelPolicy,
  type LabelPolicy,
  POLICY_KEY,
  policyFault,
} from '#shared/config/label-policy';
import { RenderError } from '#shared/core/errors';
import type { PlanPolicy } from '#shared/plan/frame-plan';

type Surface = Readonly<{
  object: Object3D;
  material: Material;
  policies: readonly PlanPolicy[] | undefined;
}>;

/**
 * What labels make of a surface, the first that speaks: the config's rules in their order, the
 * material's own extras, those of its node and of what that hangs from, nearest first. Null where none
 * does: labels then follow the material (labels.md §4).
 * @throws RenderError where extras hold something else than a policy
 */
export function labelPolicyOf({ object, material, policies = [] }: Surface): LabelPolicy | null {
  for (const { policy, materials } of policies) {
    const isFor = (pattern: string): boolean => matchAssets(pattern, [material.name]).length > 0;
    if (materials === undefined || materials.some(isFor)) return policy;
  }
  const own = statedPolicy(material);
  if (own) return own;
  for (let at: Object3D | null = object; at; at = at.parent) {
    const stated = statedPolicy(at);
    if (stated) return stated;
  }
  return null;
}

function statedPolicy({ name, userData }: Material | Object3D): LabelPolicy | null {
  const value: unknown = userData[POLICY_KEY];
  if (value === undefined) return null;
  if (isLabelPolicy(value)) return value;
  throw new RenderError('asset', `"${name}": ${policyFault(value)}`);
}
