import { ConfigError } from '../core/errors.ts';
import { showValue } from './describe-schema.ts';
import { type LocatedValue, type Origin, toPlain, valueAt } from './located-value.ts';

/** A base that a config names under `extends`, as written, and where. */
export type BaseReference = Readonly<{ path: string; origin: Origin; parameter: string }>;

/**
 * The bases of a config, in the order in which they are laid over one another.
 *
 * @throws ConfigError where `extends` is neither a path nor a list of paths.
 */
export function readExtends(document: LocatedValue): BaseReference[] {
  const value = valueAt(document, ['extends']);
  if (value === undefined) return [];
  const items = value.type === 'list' ? value.items : [value];
  return items.map((item, index) => {
    const parameter = value.type === 'list' ? `extends[${index}]` : 'extends';
    if (item.type === 'scalar' && typeof item.value === 'string' && item.value !== '') {
      return { path: item.value, origin: item.origin, parameter };
    }
    const message = `expected a path or a list of paths, found ${showValue(toPlain(item))}`;
    throw new ConfigError([{ ...item.origin, path: parameter, message }]);
  });
}
