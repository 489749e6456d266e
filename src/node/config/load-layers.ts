import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type BaseReference, readExtends } from '#shared/config/extends-list';
import type { LocatedValue } from '#shared/config/located-value';
import { mergeConfig, withoutKey } from '#shared/config/merge-config';
import { parseDocument } from '#shared/config/parse-document';
import { ConfigError, type ConfigIssue } from '#shared/core/errors';
import { displayPath, readTextFile, type Requester } from './read-text-file.ts';

/** A config with its bases merged in. */
export type LoadedLayers = Readonly<{
  document: LocatedValue;
  /** Absolute path of each file, by the name that origins carry; bases come before what extends them. */
  files: ReadonlyMap<string, string>;
}>;

/**
 * Reads a config file and, through `extends`, everything that it is laid on.
 *
 * @throws ConfigError with the problems of all files: missing bases, cycles, syntax.
 */
export async function loadLayers(path: string): Promise<LoadedLayers> {
  const files = new Map<string, string>();
  const document = await loadLayer(resolve(path), { chain: [], files });
  return { document, files };
}

type LayerContext = Readonly<{
  /** Files that are being read, from the outermost inwards. */
  chain: readonly string[];
  files: Map<string, string>;
  requester?: Requester;
}>;

async function loadLayer(
  path: string,
  { chain, files, requester }: LayerContext,
): Promise<LocatedValue> {
  const text = await readTextFile(path, 'config', requester);
  const identity = await realpath(path);
  if (chain.includes(identity)) throw cycleError([...chain, identity], requester);
  const source = displayPath(path);
  const document = parseDocument(text, source);
  const issues: ConfigIssue[] = [];
  let base: LocatedValue | undefined;
  for (const reference of readExtends(document)) {
    const layer = await loadBase(reference, { path, chain: [...chain, identity], files }, issues);
    if (layer) base = base ? mergeConfig(base, layer) : layer;
  }
  if (issues.length > 0) throw new ConfigError(issues);
  files.set(source, path);
  const own = withoutKey(document, 'extends');
  return base ? mergeConfig(base, own) : own;
}

/** Gathers the problems of one base, so that the next ones are still looked at. */
async function loadBase(
  reference: BaseReference,
  { path, chain, files }: LayerContext & Readonly<{ path: string }>,
  issues: ConfigIssue[],
): Promise<LocatedValue | undefined> {
  try {
    return await loadLayer(resolve(dirname(path), reference.path), {
      chain,
      files,
      requester: reference,
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}

function cycleError(chain: readonly string[], requester: Requester | undefined): ConfigError {
  const last = chain.at(-1) ?? '';
  const loop = chain.slice(chain.indexOf(last)).map(displayPath);
  const origin = requester?.origin ?? { source: displayPath(last) };
  const message = `expected no cycle, found ${loop.join(' → ')}`;
  return new ConfigError([{ ...origin, path: requester?.parameter ?? 'extends', message }]);
}
