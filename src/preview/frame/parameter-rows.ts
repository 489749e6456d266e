import type { DrawnParameter } from '#shared/sampling/drawn-parameters';
import type { DrawnValue } from '#shared/sampling/scene-sample';

/** A parameter of the frame in view: what is stated for it, and what the frame drew. */
export type ParameterRow = Readonly<{
  /** Its path in the config. */
  parameter: string;
  /** The path within its part of the config. */
  name: string;
  stated: unknown;
  /** One value for each place that shares it. */
  values: readonly DrawnValue[];
}>;
/** Parameters of one part of a config, such as `camera` or `objects.fruit`. */
export type ParameterGroup = Readonly<{ title: string; rows: readonly ParameterRow[] }>;

/** Parts of a config whose members are people's own. */
const NAMED = new Set(['objects', 'lights', 'nodes', 'keypoints']);

function titleOf(parameter: string): string {
  const [first = '', second] = parameter.split('.');
  return NAMED.has(first) && second !== undefined ? `${first}.${second}` : first;
}

/** The draws of a frame by part of the config, in the order of the draws. */
export function parameterGroups(drawn: readonly DrawnParameter[]): readonly ParameterGroup[] {
  const rows = new Map<string, { stated: unknown; values: DrawnValue[] }>();
  for (const { parameter, stated, value } of drawn) {
    const row = rows.get(parameter);
    if (row === undefined) rows.set(parameter, { stated, values: [value] });
    else row.values.push(value);
  }
  const groups = new Map<string, ParameterRow[]>();
  for (const [parameter, row] of rows) {
    const title = titleOf(parameter);
    const name = parameter.slice(title.length + 1) || title;
    const group = groups.get(title) ?? [];
    group.push({ parameter, name, ...row });
    groups.set(title, group);
  }
  return [...groups].map(([title, list]) => ({ title, rows: list }));
}

/** A drawn value, for people. */
export function showDrawn(value: DrawnValue): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  if (typeof value === 'object') return value.map(showDrawn).join(', ');
  return String(value);
}

/** Numbers of a distribution that a person may move: its bounds, middle and spread. */
const EDITABLE = ['min', 'max', 'mean', 'std', 'mode', 'probability'] as const;

/** The numbers of what is stated that can be changed one by one, with their names. */
export function editableNumbers(
  stated: unknown,
): readonly Readonly<{ name: string; value: number }>[] {
  if (stated === null || typeof stated !== 'object') return [];
  const fields = stated as Readonly<Record<string, unknown>>;
  return EDITABLE.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'number' ? [{ name, value }] : [];
  });
}

/** Name of the distribution that is stated. */
export function kindOf(stated: unknown): string {
  const kind =
    stated !== null && typeof stated === 'object' ? (stated as { kind?: unknown }).kind : undefined;
  return typeof kind === 'string' ? kind : 'value';
}
