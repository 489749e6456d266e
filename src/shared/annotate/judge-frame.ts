import type { AcceptanceRule } from '../config/acceptance-schema.ts';
import { categoryNames } from '../config/category-names.ts';
import type { Config } from '../config/config-schema.ts';
import type { Annotations, GBuffers } from './annotations.ts';
import { categoryIdsOf, matchesInstance } from './match-instance.ts';

/** A rule that a frame does not keep: where it is stated, and what was found instead. */
export type Rejection = Readonly<{ rule: string; found: number }>;

/** How a frame came to be taken. */
export type AcceptanceRecord = Readonly<{
  /** Draws of the frame, the one that is recorded included. */
  attempts: number;
  /** Whether it keeps every rule of `accept`; false where it was kept all the same. */
  accepted: boolean;
  /** Whether it shows what its goal asks; absent where it pursues none. */
  goalMet?: boolean | undefined;
  /** What each attempt broke, those that were not taken included. */
  rejected: readonly Readonly<{ attempt: number; rule: string; found: number }>[];
}>;

/** A frame after it was drawn. */
export type JudgedFrame = Readonly<{ annotations: Annotations; buffers: Pick<GBuffers, 'color'> }>;

/** Rules of `accept` that a frame breaks, by their paths. */
export function brokenRules(config: Config, frame: JudgedFrame): readonly Rejection[] {
  return (config.accept?.rules ?? []).flatMap((rule, index) => {
    const broken = judge(config, rule, frame);
    return broken === null ? [] : [{ rule: `accept.rules[${index}]`, found: broken }];
  });
}

/** What a frame lacks of the goal that it pursues; null where it has no goal or shows enough. */
export function missedGoal(
  config: Config,
  goal: string | undefined,
  frame: JudgedFrame,
): Rejection | null {
  const spec = goal === undefined ? undefined : config.targets?.goals[goal];
  if (spec === undefined) return null;
  const rule: AcceptanceRule = { kind: 'count', ...spec, atLeast: spec.perFrame };
  const found = judge(config, rule, frame);
  return found === null ? null : { rule: `targets.goals.${goal}`, found };
}

/** What was found where a rule is broken: a number of instances, or a brightness; null where it is kept. */
function judge(config: Config, rule: AcceptanceRule, frame: JudgedFrame): number | null {
  const [found, min, max] =
    rule.kind === 'brightness'
      ? [meanLuma(frame.buffers.color), rule.min, rule.max]
      : [countOf(config, rule, frame), rule.atLeast ?? 0, rule.atMost ?? Infinity];
  return found >= min && found <= max ? null : found;
}

function countOf(
  config: Config,
  rule: Extract<AcceptanceRule, { kind: 'count' }>,
  { annotations }: JudgedFrame,
): number {
  const ids = categoryIdsOf(rule, categoryNames(config));
  return annotations.instances.filter((instance) => matchesInstance(instance, rule, ids)).length;
}

/**
 * Mean luma of an image, 0..1: 0.2126 R + 0.7152 G + 0.0722 B of its sRGB values (ITU-R BT.709), in whole
 * numbers, so that it is the same wherever the pixels are.
 *
 * @param color [H, W, 4].
 */
export function meanLuma(color: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i + 3 < color.length; i += 4)
    sum += 2126 * (color[i] ?? 0) + 7152 * (color[i + 1] ?? 0) + 722 * (color[i + 2] ?? 0);
  return sum / (10_000 * 255) / Math.max(1, color.length / 4);
}
