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
  const source = value.kind === 'expression' ? value.of : value.kind === 'if' ? value.when : null;
  if (typeof source === 'string') {
    const key = value.kind === 'expression' ? 'of' : 'when';
    checkStageNames(source, names, (message, advice) =>
      report(formatPath([...path, key]), message, advice),
    );
  }
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

function checkStageNames(
  source: string,
  names: readonly string[],
  report: (message: string, advice?: string) => void,
): void {
  const visit = (part: Expression): void => {
    if (part.type === 'unary') visit(part.of);
    if (part.type === 'call') part.arguments.forEach(visit);
    if (part.type === 'name' && part.name === 'stage' && names.length === 0)
      report(
        `expected stages under \`schedule\` for "stage" of ${JSON.stringify(source)}, found none`,
      );
    if (part.type !== 'binary') return;
    const { left, right } = part;
    for (const [a, b] of [
      [left, right],
      [right, left],
    ] as const) {
      if (a.type !== 'name' || a.name !== 'stage' || b.type !== 'literal') continue;
      if (names.length === 0 || names.includes(String(b.value))) continue;
      const shown = `${JSON.stringify(b.value)} at column ${b.at} of ${JSON.stringify(source)}`;
      report(`unknown stage ${shown}`, suggestFrom(String(b.value), names, 'stages'));
    }
    visit(left);
    visit(right);
  };
  visit(parsedExpression(source));
}
