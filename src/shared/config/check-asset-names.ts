import { isAssetPattern, matchAssets } from './asset-pattern.ts';
import type { CheckContext, Report } from './check-context.ts';
import { formatPath } from './parameter-path.ts';
import { possibleTexts } from './possible-texts.ts';
import { suggestFrom } from './suggest.ts';
import type { StringValue } from './value-schemas.ts';
import type { PlacedValue } from './visit-values.ts';

/** Checks that the environments, images and materials that may be drawn at a place exist. */
export function checkAssetNames(
  { type, value, path }: PlacedValue,
  { catalogue, config }: Pick<CheckContext, 'catalogue' | 'config'>,
  report: Report,
): void {
  if (type !== 'text') return;
  const assetsByKey: Readonly<
    Record<string, readonly [string, readonly Readonly<{ id: string }>[]]>
  > = {
    map: ['environment', catalogue.environments],
    image: ['image', catalogue.images],
    material: ['material', catalogue.materials],
  };
  const entry = assetsByKey[String(path.at(-1))];
  if (entry === undefined) return;
  const [what, assets] = entry;
  const ids = assets.map(({ id }) => id);
  for (const { text, path: at } of possibleTexts(value as StringValue, config.vars, path)) {
    if (matchAssets(text, ids).length > 0) continue;
    const message = isAssetPattern(text)
      ? `no ${what} asset matches ${JSON.stringify(text)}`
      : `unknown ${what} asset ${JSON.stringify(text)}`;
    report(formatPath(at), message, suggestFrom(text, ids, `${what} assets`));
  }
}
