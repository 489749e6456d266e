import { isAssetPattern, matchAssets } from './asset-pattern.ts';
import type { CheckContext, Report } from './check-context.ts';
import { possibleItems } from './check-variables.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { suggestFrom } from './suggest.ts';
import type { StringValue, VariableValue } from './value-schemas.ts';
import type { PlacedValue } from './visit-values.ts';

type NamedText = Readonly<{ text: string; path: readonly PathSegment[] }>;

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

/** Every text that may be drawn, with the path at which its use is stated. */
function possibleTexts(
  value: StringValue,
  vars: Readonly<Record<string, VariableValue>>,
  path: readonly PathSegment[],
): NamedText[] {
  if (typeof value === 'string') return [{ text: value, path }];
  switch (value.kind) {
    case 'constant':
      return [{ text: value.value, path: [...path, 'value'] }];
    case 'choice':
      return possibleItems(value).map((item) => ({
        text: item.value,
        path: [...path, 'values', item.index],
      }));
    case 'var':
      return textsOfVariable(vars[value.name]).map((text) => ({ text, path: [...path, 'name'] }));
  }
}

/** Texts that a variable may be; what is no text is reported where types are checked. */
function textsOfVariable(variable: VariableValue | undefined): string[] {
  if (typeof variable === 'string') return [variable];
  if (typeof variable !== 'object' || !('kind' in variable)) return [];
  const values: unknown[] =
    variable.kind === 'constant'
      ? [variable.value]
      : variable.kind === 'choice'
        ? possibleItems(variable).map(({ value }) => value)
        : [];
  return values.filter((value) => typeof value === 'string');
}
