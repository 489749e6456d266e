/** A place in a JSON document that is not what it must be; `path` is empty for the document itself. */
export type ShapeFault = Readonly<{ path: string; expected: string; found: string }>;

/** What a value must be: gives what is wrong with it, with paths below its own. */
export type Shape = (value: unknown, path: string) => readonly ShapeFault[];

type Fields = Readonly<Record<string, unknown>>;

/** Enough to tell what stands there. */
const SHOWN_LENGTH = 80;

/** A value as JSON has it, short; numbers that JSON cannot hold by their names. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/** Text of a fault: `camera.nearMeters: expected a finite number, found null`. */
export function formatFault({ path, expected, found }: ShapeFault): string {
  return `${path === '' ? '' : `${path}: `}expected ${expected}, found ${found}`;
}

/** A fault at a path. */
export function faultAt(path: string, expected: string, found: unknown): ShapeFault {
  return { path, expected, found: show(found) };
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of which `holds` is true. */
export function leaf(holds: (value: unknown) => boolean, expected: string): Shape {
  return (value, path) => (holds(value) ? [] : [faultAt(path, expected, value)]);
}

const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export const FINITE = leaf(isFiniteNumber, 'a finite number');
export const POSITIVE = leaf((v) => isFiniteNumber(v) && v > 0, 'a finite number above 0');
export const SHARE = leaf((v) => isFiniteNumber(v) && v >= 0 && v <= 1, 'a number of 0..1');
export const TEXT = leaf((value) => typeof value === 'string' && value !== '', 'a text');
export const FLAG = leaf((value) => typeof value === 'boolean', 'true or false');

export function whole(min: number, max = Number.MAX_SAFE_INTEGER): Shape {
  const holds = (v: unknown): boolean => Number.isSafeInteger(v) && (v as number) >= min;
  return max === Number.MAX_SAFE_INTEGER
    ? leaf(holds, `a whole number from ${min}`)
    : leaf((v) => holds(v) && (v as number) <= max, `a whole number of ${min}..${max}`);
}

/** One of some values, by identity. */
export function oneOf(...values: readonly unknown[]): Shape {
  const expected = values.map((value) => JSON.stringify(value)).join(' or ');
  return leaf((value) => values.includes(value), expected);
}

/** Null, or what the shape says. */
export function nullable(shape: Shape): Shape {
  return (value, path) => (value === null ? [] : shape(value, path));
}

/** An object with these fields, and any others. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    if (!isObject(value)) return [faultAt(path, 'an object', value)];
    const below = path === '' ? '' : `${path}.`;
    return Object.entries(fields).flatMap(([name, shape]) => shape(value[name], below + name));
  };
}

/** A list, of a given length where one is given. */
export function list(shape: Shape, length?: number): Shape {
  const expected = length === undefined ? 'a list' : `a list of ${length}`;
  return (value, path) =>
    Array.isArray(value) && (length === undefined || value.length === length)
      ? value.flatMap((item, i) => shape(item, `${path}[${i}]`))
      : [faultAt(path, expected, value)];
}

/** Every number anywhere in a value that is not finite: JSON reads 1e999 as Infinity. */
export const FINITE_THROUGHOUT: Shape = (value, path) => {
  if (typeof value === 'number') return FINITE(value, path);
  if (Array.isArray(value))
    return value.flatMap((item, i) => FINITE_THROUGHOUT(item, `${path}[${i}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    FINITE_THROUGHOUT(item, path === '' ? key : `${path}.${key}`),
  );
};
