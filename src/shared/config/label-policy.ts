import { z } from 'zod';

/** What labels make of a surface (docs/conventions.md §4). */
export const LABEL_POLICIES = ['solid', 'cutout', 'see-through', 'ignore'] as const;
export type LabelPolicy = (typeof LABEL_POLICIES)[number];

/** The key of a policy in glTF `extras` and three.js `userData`, of materials and of nodes. */
export const POLICY_KEY = 'labelPolicy';

const names = z.array(z.string().min(1)).min(1).optional();

/** A policy, and which surfaces it is for: those that every list which is given has. */
export const policyRuleSchema = z
  .strictObject({
    policy: z.enum(LABEL_POLICIES).meta({
      description:
        '`solid`: all of the surface is there, whatever its opacity; `cutout`: there where its opacity reaches its cutoff or labels.opaqueFrom; `see-through`: hides no labelled object behind it; `ignore`: in no label.',
    }),
    categories: names.meta({ description: 'Objects of these categories.' }),
    assets: names.meta({ description: 'Models: ids, or patterns such as `scans/*`.' }),
    nodes: names.meta({
      description: 'Nodes of the scene with all below them: names or patterns.',
    }),
    materials: names.meta({ description: 'Materials: names or patterns such as `Glass*`.' }),
  })
  .meta({ id: 'PolicyRule' });
export type PolicyRule = z.output<typeof policyRuleSchema>;

/** Whether a value of extras is a policy. */
export function isLabelPolicy(value: unknown): value is LabelPolicy {
  return LABEL_POLICIES.some((policy) => policy === value);
}

/** Why a value of extras is none. */
export function policyFault(value: unknown): string {
  return `expected extras.${POLICY_KEY} to be one of ${LABEL_POLICIES.join(', ')}, got ${JSON.stringify(value)}.`;
}
