import { ConfigError, type ConfigIssue } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import { configSchema } from './config-schema.ts';
import {
  type LocatedEntry,
  type LocatedMapping,
  type LocatedValue,
  type Origin,
  toPlain,
  valueAt,
} from './located-value.ts';
import { withoutKey } from './merge-config.ts';
import { applyOverride } from './override.ts';
import { formatPath, parsePath, type PathSegment } from './parameter-path.ts';
import { stepInto, unwrap } from './schema-walk.ts';
import { valueTypeOf } from './visit-values.ts';

/** What stages set at one path, and where the first of them states it. */
type Change = Readonly<{
  path: readonly PathSegment[];
  origin: Origin;
  byStage: ReadonlyMap<string, LocatedValue>;
}>;

/**
 * Lays what the stages of a schedule `set` into the parameters themselves, as `{kind: stage}`: a stage that
 * sets nothing there keeps what the config states. Nothing is left of `set`, so that the resolved config has
 * one way to say it.
 *
 * @throws ConfigError with every path that cannot be set.
 */
export function expandStages(document: LocatedValue): LocatedValue {
  const stages = valueAt(document, ['schedule', 'stages']);
  if (stages?.type !== 'mapping') return document;
  const issues: ConfigIssue[] = [];
  const changes = collectChanges(stages, issues);
  const names = [...stages.entries.keys()];
  let result = withoutSets(document, stages);
  for (const change of changes) {
    const problem = problemOf(change, { document, names, changes });
    if (problem === null) {
      const { path, origin } = change;
      const value = stagedValue(change, valueAt(document, path), names);
      result = applyOverride(result, { path, value, origin }, configSchema);
    } else issues.push(completeIssue({ ...change.origin, path: settingPath(change), ...problem }));
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return result;
}

const settingPath = ({ path, byStage }: Change): string =>
  formatPath(['schedule', 'stages', [...byStage.keys()][0] ?? '', 'set', formatPath(path)]);

function collectChanges(stages: LocatedMapping, issues: ConfigIssue[]): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const [stage, { value }] of stages.entries) {
    const set = valueAt(value, ['set']);
    if (set?.type !== 'mapping') continue;
    for (const [text, { key, value: wanted }] of set.entries) {
      const path = readPath(text, { stage, origin: key }, issues);
      if (path === null) continue;
      const known = changes.get(formatPath(path));
      const byStage = new Map([...(known?.byStage ?? []), [stage, wanted] as const]);
      changes.set(formatPath(path), { path, origin: known?.origin ?? key, byStage });
    }
  }
  return [...changes.values()];
}

function readPath(
  text: string,
  { stage, origin }: Readonly<{ stage: string; origin: Origin }>,
  issues: ConfigIssue[],
): PathSegment[] | null {
  try {
    return parsePath(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const path = formatPath(['schedule', 'stages', stage, 'set', text]);
    issues.push(completeIssue({ ...origin, path, message: error.message }));
    return null;
  }
}

type Problem = Readonly<{ message: string; suggestion?: string }>;

function problemOf(
  { path, byStage }: Change,
  {
    document,
    names,
    changes,
  }: Readonly<{ document: LocatedValue; names: readonly string[]; changes: readonly Change[] }>,
): Problem | null {
  const { schema } = stepInto(configSchema, toPlain(document), path);
  if (schema === undefined || valueTypeOf(unwrap(schema)) === undefined) {
    return {
      message: 'expected the path of a parameter that takes distributions, found another',
      suggestion: 'docs/configs.md names them: Number, Integer, Colour and so on.',
    };
  }
  const inside = changes.find(
    (other) => other.path.length > path.length && path.every((step, i) => other.path[i] === step),
  );
  if (inside !== undefined) {
    return { message: `expected parameters of their own, found ${formatPath(inside.path)} inside` };
  }
  const keeping = names.filter((name) => !byStage.has(name));
  if (keeping.length === 0 || valueAt(document, path) !== undefined) return null;
  return {
    message: `expected a value for ${keeping.join(', ')} too: the config states none at ${formatPath(path)}`,
    suggestion: 'State the value there, or set it in every stage.',
  };
}

function stagedValue(
  { origin, byStage }: Change,
  base: LocatedValue | undefined,
  names: readonly string[],
): LocatedValue {
  const of = names.flatMap((name): [string, LocatedEntry][] => {
    const value = byStage.get(name) ?? base;
    return value === undefined ? [] : [[name, { key: value.origin, value }]];
  });
  const entry = (value: LocatedValue): LocatedEntry => ({ key: origin, value });
  const entries = new Map<string, LocatedEntry>([
    ['kind', entry({ type: 'scalar', value: 'stage', origin })],
    ['of', entry({ type: 'mapping', entries: new Map(of), origin })],
  ]);
  return { type: 'mapping', entries, origin };
}

/** The document without what its stages set. A `set` that is no mapping stays, and is refused by the schema. */
function withoutSets(document: LocatedValue, stages: LocatedMapping): LocatedValue {
  const bare = [...stages.entries].map(([name, entry]): [string, LocatedEntry] => {
    const isSet = valueAt(entry.value, ['set'])?.type === 'mapping';
    return [name, isSet ? { ...entry, value: withoutKey(entry.value, 'set') } : entry];
  });
  const value: LocatedValue = { ...stages, entries: new Map(bare) };
  const path = ['schedule', 'stages'];
  return applyOverride(document, { path, value, origin: stages.origin }, configSchema);
}
