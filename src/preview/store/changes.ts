import type { ConfigChange } from '#shared/config/edit-config-text';

/** The changes with one more, in place of those at its path and below it. */
export function withChange(
  changes: readonly ConfigChange[],
  change: ConfigChange,
): readonly ConfigChange[] {
  const { path } = change;
  const covered = (other: string): boolean =>
    other === path || other.startsWith(`${path}.`) || other.startsWith(`${path}[`);
  return [...changes.filter((one) => !covered(one.path)), change];
}
