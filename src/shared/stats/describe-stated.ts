import { countLevels } from '../sampling/levels.ts';

type Fields = Readonly<Record<string, unknown>>;

const show = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : JSON.stringify(value);

const count = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** The bounds of a truncated normal. */
function cut({ min, max }: Fields): string {
  if (min === undefined && max === undefined) return '';
  return ` in ${min === undefined ? '' : show(min)}..${max === undefined ? '' : show(max)}`;
}

const WORDS: Readonly<Record<string, (value: Fields) => string>> = {
  constant: ({ value }) => `always ${show(value)}`,
  uniform: ({ min, max }) => `uniform ${show(min)}..${show(max)}`,
  'log-uniform': ({ min, max }) => `log-uniform ${show(min)}..${show(max)}`,
  normal: (value) => `normal ${show(value['mean'])} ± ${show(value['std'])}${cut(value)}`,
  triangular: ({ min, mode, max }) => `triangular ${show(min)}..${show(max)}, mode ${show(mode)}`,
  beta: ({ alpha, beta, min, max }) =>
    `beta(${show(alpha)}, ${show(beta)}) over ${show(min)}..${show(max)}`,
  histogram: ({ weights }) => `histogram of ${count(weights)} bins`,
  empirical: ({ values, interpolation }) =>
    `${count(values)} measured values${interpolation === 'linear' ? ', interpolated' : ''}`,
  choice: ({ values }) => `choice of ${count(values)}`,
  integer: ({ min, max }) => `whole ${show(min)}..${show(max)}`,
  chance: ({ probability }) => `true in ${show(Number(probability) * 100)} %`,
  mixture: ({ of }) => `mixture of ${(of as readonly unknown[]).map(describeStated).join(' | ')}`,
  if: ({ when, then, else: otherwise }) =>
    `if ${String(when)}: ${describeStated(then)}, else ${describeStated(otherwise)}`,
  stage: ({ of }) =>
    `by stage: ${Object.entries(of as Fields)
      .map(([name, value]) => `${name} ${describeStated(value)}`)
      .join(', ')}`,
  ramp: ({ points }) => {
    const [first, last] = [
      (points as readonly Fields[]).at(0),
      (points as readonly Fields[]).at(-1),
    ];
    return `ramp from ${describeStated(first?.[1])} to ${describeStated(last?.[1])}`;
  },
  expression: ({ of }) => `= ${String(of)}`,
  permutation: ({ values }) => `permutation of ${countLevels(values as readonly unknown[])}`,
  grid: ({ values, hold }) =>
    `grid of ${countLevels(values as readonly unknown[])}, each ${show(hold)}×`,
  sobol: ({ dimension, of }) => `Sobol ${show(dimension)}: ${describeStated(of)}`,
  halton: ({ dimension, of }) => `Halton ${show(dimension)}: ${describeStated(of)}`,
  var: ({ name }) => `vars.${String(name)}`,
  sphere: () => 'even over a sphere',
  hemisphere: () => 'even over a hemisphere',
  ball: () => 'even inside of a ball',
  disc: () => 'even over a disc',
  so3: () => 'even over all rotations',
};

/** What a config states for a value, in few words: `uniform 20..60`. */
export function describeStated(stated: unknown): string {
  if (stated === undefined) return 'not known';
  if (typeof stated !== 'object' || stated === null || !('kind' in stated)) return show(stated);
  const kind = String(stated.kind);
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined;
  return words === undefined ? kind : words(stated);
}
