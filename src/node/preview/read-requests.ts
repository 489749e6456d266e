import { parsePath } from '#shared/config/parameter-path';
import { UsageError } from '#shared/core/errors';
import type { ChangesRequest, SaveRequest } from '#shared/protocol/preview-api';

function fail(what: string, found: unknown): never {
  throw new UsageError(`request: expected ${what}, found ${JSON.stringify(found)?.slice(0, 200)}`);
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object'
    ? (value as Readonly<Record<string, unknown>>)
    : fail('an object', value);

/** @throws UsageError where it is no request for changes, with what it is. */
export function readChanges(body: unknown): ChangesRequest {
  const { changes } = recordOf(body);
  if (!Array.isArray(changes)) return fail('a list of changes', changes);
  return {
    changes: changes.map((change: unknown) => {
      const { path, value } = recordOf(change);
      if (typeof path !== 'string') return fail('a path', path);
      try {
        parsePath(path);
      } catch {
        return fail('a path such as objects.fruit.count', path);
      }
      return value === undefined ? fail('a value', change) : { path, value };
    }),
  };
}

/** @throws UsageError where it is no request to save, with what it is. */
export function readSave(body: unknown): SaveRequest {
  const { name, seed } = recordOf(body);
  if (typeof name !== 'string') return fail('a file name', name);
  if (seed !== null && typeof seed !== 'string') return fail('a seed or null', seed);
  return { name, seed };
}
