import type { CheckContext, Report } from './check-context.ts';
import type { Expression } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { formatPath } from './parameter-path.ts';
import { SCHEDULE_NAMES } from './schedule-names.ts';
import { isMapping } from './schema-walk.ts';
import { suggestFrom } from './suggest.ts';
import type { PlacedValue } from './visit-values.ts';

type Stage = NonNullable<CheckContext['config']['schedule']>['stages'][string];

/** Checks that stages end in order, all in the same way, and that no variable has a name of the schedule's. */
export function checkSchedule({ config, report }: CheckContext): void {
  for (const name of SCHEDULE_NAMES) {
    if (!Object.hasOwn(config.vars, name)) continue;
    const message = `expected another name: in expressions ${name} is that of the schedule`;
    report(formatPath(['vars', name]), message);
  }
  const stages = Object.entries(config.schedule?.stages ?? {});
  for (const [name, { set }] of stages) {
    if (set === undefined) continue;
    const message = 'expected values laid into the config, found `set`';
    const path = formatPath(['schedule', 'stages', name, 'set']);
    report(path, message, 'Read the config with loadConfig or parseConfig.');
  }
  checkEnds(stages, report);
}

function checkEnds(stages: readonly (readonly [string, Stage])[], report: Report): void {
  const way = stages[0]?.[1].untilFrame === undefined ? 'untilProgress' : 'untilFrame';
  const other = way === 'untilFrame' ? 'untilProgress' : 'untilFrame';
  let end = 0;
  for (const [index, [name, stage]] of stages.entries()) {
    const at = (key: string): string => formatPath(['schedule', 'stages', name, key]);
    const until = stage[way];
    if (index === stages.length - 1) {
      const key = until === undefined ? other : way;
      if (stage[key] !== undefined)
        report(at(key), `expected no end of the last stage, which takes the rest, found ${key}`);
    } else if (stage[other] !== undefined) {
      report(at(other), `expected ${way}, as the first stage has it, found ${other}`);
    } else if (until === undefined) {
      report(at(way), `expected ${way}: only the last stage has no end`);
    } else {
      if (until <= end)
        report(at(way), `expected more than ${end}, where the stage above ends, found ${until}`);
      end = until;
    }
  }
}

/** Checks that a `{kind: stage}` has a value for each stage, and that expressions name stages that exist. */
export function checkStages(
  { value, path }: PlacedValue,
  { config }: Pick<CheckContext, 'config'>,
  report: Report,
): void {
  if (!isMapping(value)) return;
  const names = Object.keys(config.schedule?.stages ?? {});
  checkWords(value, path, { config, report });
  if (value.kind !== 'stage' || !isMapping(value.of)) return;
  if (names.length === 0) {
    report(formatPath(path), 'expected stages under `schedule`, found none');
    return;
  }
  const given = Object.keys(value.of);
  for (const name of given) {
    if (names.includes(name)) continue;
    const advice = suggestFrom(name, names, 'stages');
    report(formatPath([...path, 'of', name]), `unknown stage ${JSON.stringify(name)}`, advice);
  }
  const missing = names.filter((name) => !given.includes(name));
  if (missing.length > 0)
    report(
      formatPath([...path, 'of']),
      `expected a value for each stage, found none for ${missing.join(', ')}`,
    );
}

function checkWords(
  value: Readonly<Record<string, unknown>>,
  path: PlacedValue['path'],
  { config, report }: Pick<CheckContext, 'config' | 'report'>,
): void {
  const key = { expression: 'of', if: 'when' }[String(value.kind)];
  const source = key === undefined ? undefined : value[key];
  if (key === undefined || typeof source !== 'string') return;
  const goals = Object.keys(config.targets?.goals ?? {});
  const known = {
    stage: Object.keys(config.schedule?.stages ?? {}),
    goal: goals.length === 0 ? [] : ['none', ...goals],
  };
  checkNames(source, known, (message, advice) =>
    report(formatPath([...path, key]), message, advice),
  );
}

type KnownWords = Readonly<Record<'stage' | 'goal', readonly string[]>>;
const SECTIONS = { stage: 'stages under `schedule`', goal: 'goals under `targets`' } as const;

/** A stage or goal that does not exist would never be equal to that of a frame. */
function checkNames(
  source: string,
  known: KnownWords,
  report: (message: string, advice?: string) => void,
): void {
  const wordOf = (part: Expression): keyof KnownWords | null =>
    part.type === 'name' && (part.name === 'stage' || part.name === 'goal') ? part.name : null;
  const compare = (a: Expression, b: Expression): void => {
    const word = wordOf(a);
    if (word === null || b.type !== 'literal' || known[word].length === 0) return;
    if (known[word].includes(String(b.value))) return;
    const shown = `${JSON.stringify(b.value)} at column ${b.at} of ${JSON.stringify(source)}`;
    report(`unknown ${word} ${shown}`, suggestFrom(String(b.value), known[word], `${word}s`));
  };
  const visit = (part: Expression): void => {
    const word = wordOf(part);
    if (word !== null && known[word].length === 0)
      report(`expected ${SECTIONS[word]} for "${word}" of ${JSON.stringify(source)}, found none`);
    if (part.type === 'unary') visit(part.of);
    if (part.type === 'call') part.arguments.forEach(visit);
    if (part.type !== 'binary') return;
    compare(part.left, part.right);
    compare(part.right, part.left);
    visit(part.left);
    visit(part.right);
  };
  visit(parsedExpression(source));
}
