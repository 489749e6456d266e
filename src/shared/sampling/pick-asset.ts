import { matchAssets } from '../config/asset-pattern.ts';
import type { StringValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import type { Sampler } from './sampler.ts';

/** An asset id by name or pattern; one of the matches where there are several. */
export function pickAsset(
  sampler: Sampler,
  { value, ids, what }: Readonly<{ value: StringValue; ids: readonly string[]; what: string }>,
  path: string,
): string {
  const pattern = sampler.string(value, path);
  const matches = matchAssets(pattern, ids);
  if (matches.length === 0) {
    throw new SamplingError(
      `${path}: no ${what} asset matches "${pattern}". List what there is with: npx diorama assets list`,
    );
  }
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  return sampler.pick(matches, `${path}.match`, { weight: () => 1, name: (id) => id });
}
