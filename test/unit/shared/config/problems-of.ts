import { ConfigError, formatIssue } from '#shared/core/errors';

/** The problems that an action throws, each as people read it; none where it does not throw. */
export function problemsOf(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(formatIssue);
    throw error;
  }
}
