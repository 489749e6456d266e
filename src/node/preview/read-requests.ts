import { parsePath } from '#shared/config/parameter-path';
import { UsageError } from '#shared/core/errors';
import type {
  ChangesRequest,
  OpenRequest,
  RenderRequest,
  SaveRequest,
} from '#shared/protocol/preview-api';

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

/** @throws UsageError where it is no request to render, with what it is. */
export function readRender(body: unknown): RenderRequest {
  const { frames, folder, seed } = recordOf(body);
  if (!Array.isArray(frames) || frames.length === 0) return fail('a list of frames', frames);
  const chosen = frames.map((value: unknown) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : fail('a frame, 0 or above', value),
  );
  if (typeof folder !== 'string' || folder.trim() === '') return fail('a folder', folder);
  if (seed !== null && typeof seed !== 'string') return fail('a seed or null', seed);
  return { frames: chosen, folder: folder.trim(), seed };
}

/** @throws UsageError where it names nothing to open, with what it is. */
export function readOpen(body: unknown): OpenRequest {
  const { path } = recordOf(body);
  return typeof path === 'string' ? { path } : fail('a path', path);
}

/** The frame that a query asks for. @throws UsageError where it names none. */
export function readFrame(query: URLSearchParams): number {
  const text = readWord(query, 'frame');
  return /^\d{1,9}$/.test(text) ? Number(text) : fail('a frame such as frame=3', text);
}

/** A word of a query. @throws UsageError where it has none of that name. */
export function readWord(query: URLSearchParams, name: string): string {
  return query.get(name) ?? fail(`${name}=… in the query`, query.toString());
}
