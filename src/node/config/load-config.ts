import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { configHashText } from '#shared/config/canonical-json';
import type { Locate } from '#shared/config/check-context';
import { type Config, configSchema } from '#shared/config/config-schema';
import { collectSources, type LocatedValue, originAt } from '#shared/config/located-value';
import { withoutKey } from '#shared/config/merge-config';
import {
  applyOverride,
  DEFAULT_SOURCE,
  type Override,
  parseOverride,
} from '#shared/config/override';
import { parsePath } from '#shared/config/parameter-path';
import { configFromDocument } from '#shared/config/parse-config';
import { ConfigError, type ConfigIssue } from '#shared/core/errors';
import { inlineCalibration } from './inline-calibration.ts';
import { inlineMeasured } from './inline-measured.ts';
import { loadLayers } from './load-layers.ts';
import { unreadable } from './read-text-file.ts';

/** Flags that stand for one parameter each; what is absent changes nothing. */
export type ConfigFlags = Readonly<{
  seed?: string | number | undefined;
  frames?: number | undefined;
}>;

export type LoadConfigOptions = Readonly<{
  /** Config file; relative to the working folder. */
  path: string;
  /** Texts of `--set`, in order; later ones win. */
  sets?: readonly string[] | undefined;
  /** Stronger than `sets`. */
  overrides?: ConfigFlags | undefined;
}>;

/** A config, ready to use, and where everything in it comes from. */
export type LoadedConfig = Readonly<{
  config: Config;
  /** Absolute. `config.scene` stays as it was written. */
  scenePath: string;
  /** Absolute paths of every file that was read: configs, bases before what extends them; then calibrations and measured values. */
  files: readonly string[];
  /**
   * Parameter path to `file:line`, `--set`, `--seed` or `--frames`; defaults are not listed. Files are
   * relative to the folder of the config, so that datasets do not depend on where it lies.
   */
  sources: Readonly<Record<string, string>>;
  /** Where the value at a parameter path (or its nearest parent) was stated, for messages. */
  locate: Locate;
  /** SHA-256 of the resolved config, hex: of `configHashText`. */
  sha256: string;
}>;

/**
 * Loads a config file: merges what it extends, applies `--set` and flags, checks it and fills in the
 * defaults. The scene file must exist; it is not read.
 *
 * @throws ConfigError with every problem at once, each at its file, line and column, or at its flag.
 */
export async function loadConfig({
  path,
  sets = [],
  overrides = {},
}: LoadConfigOptions): Promise<LoadedConfig> {
  const layers = await loadLayers(path);
  const stated = applyAll(layers.document, [...readSets(sets), ...flagOverrides(overrides)]);
  const calibrated = await inlineCalibration(stated, layers.files);
  const { document, files: measured } = await inlineMeasured(calibrated.document, layers.files);
  const config = configFromDocument(document);
  calibrated.requireSize(config.image);
  const sceneOrigin = originAt(document, ['scene']);
  const statedIn = layers.files.get(sceneOrigin.source);
  // A scene that a flag names is relative to the working folder, like every path of a command line.
  const scenePath = resolve(statedIn === undefined ? '.' : dirname(statedIn), config.scene);
  await requireFile(scenePath, { origin: sceneOrigin, parameter: 'scene' });
  const folder = dirname(resolve(path));
  return {
    config,
    scenePath,
    files: [...layers.files.values(), ...calibrated.files, ...measured],
    sources: collectSources(withoutKey(stated, '$schema'), (source) =>
      sourceName(source, layers.files.get(source), folder),
    ),
    locate: createLocate(document),
    sha256: createHash('sha256').update(configHashText(config)).digest('hex'),
  };
}

function sourceName(source: string, file: string | undefined, folder: string): string | null {
  if (file !== undefined) return relative(folder, file).split(sep).join('/');
  if (source === DEFAULT_SOURCE) return null;
  return source.split(' ')[0] ?? source;
}

/** Answers with the nearest parent of paths that do not exist or that no config could have. */
function createLocate(document: LocatedValue): Locate {
  return (path) => {
    try {
      return originAt(document, path === '' ? [] : parsePath(path));
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  };
}

function readSets(sets: readonly string[]): Override[] {
  const issues: ConfigIssue[] = [];
  const overrides = sets.flatMap((text) => collect(issues, () => parseOverride(text)) ?? []);
  if (issues.length > 0) throw new ConfigError(issues);
  return overrides;
}

function flagOverrides(flags: ConfigFlags): Override[] {
  return (['seed', 'frames'] as const).flatMap((name): Override[] => {
    const value = flags[name];
    const origin = { source: `--${name}` };
    return value === undefined
      ? []
      : [{ path: [name], origin, value: { type: 'scalar', value, origin } }];
  });
}

function applyAll(document: LocatedValue, overrides: readonly Override[]): LocatedValue {
  const issues: ConfigIssue[] = [];
  let result = document;
  for (const override of overrides) {
    result = collect(issues, () => applyOverride(result, override, configSchema)) ?? result;
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return result;
}

function collect<T>(issues: ConfigIssue[], act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}

async function requireFile(
  path: string,
  requester: Parameters<typeof unreadable>[1]['requester'],
): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  } catch (cause) {
    throw await unreadable(path, { what: 'scene', requester, cause });
  }
}
