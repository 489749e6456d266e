import { BrowserError } from '#shared/core/errors';

/**
 * Whether a version is at least the minimum of a range.
 *
 * @param version such as `20.19.0`.
 * @param range of the form `>=20.19.0`, the only one that our `package.json` uses.
 * @throws BrowserError for a range of another form.
 */
export function satisfiesMinimum(version: string, range: string): boolean {
  const match = /^>=\s*(\d+)\.(\d+)\.(\d+)$/.exec(range.trim());
  if (match === null) {
    throw new BrowserError(`package.json: engines.node: expected ">=x.y.z", got "${range}"`);
  }
  const minimum = match.slice(1).map(Number);
  const found = version.split('-', 1)[0]?.split('.').map(Number) ?? [];
  for (const [index, least] of minimum.entries()) {
    const part = found[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
