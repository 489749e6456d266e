import { DROP_REASONS } from '../annotate/annotations.ts';
import type { Size } from '../core/geometry.ts';

/** What the dataset says about all of its records. */
export type RecordExpectations = Readonly<{
  size: Size;
  /** Ids are 1..categories. */
  categories: number;
  seed: string;
  /** Whether instances carry what they would show alone. */
  amodal: boolean;
}>;

/** A field of a record that is not what it must be; `path` is empty for the record itself. */
export type RecordFault = Readonly<{ path: string; expected: string; found: string }>;

type Fields = Readonly<Record<string, unknown>>;
type Report = (path: string, expected: string, found: unknown) => void;
/** Whether a value is right, and what is right in words. */
type Rule = readonly [holds: (value: unknown) => boolean, expected: string];

const isFinite = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const whole = (min: number, max = Number.MAX_SAFE_INTEGER): Rule => [
  (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  max === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${min}`
    : `a whole number of ${min}..${max}`,
];
const list = (length: number, [holds, expected]: Rule): Rule => [
  (value) => Array.isArray(value) && value.length === length && value.every(holds),
  `${length} values, each ${expected}`,
];
const oneOf = (values: readonly unknown[]): Rule => [
  (value) => values.includes(value),
  values.map((value) => JSON.stringify(value)).join(' or '),
];
const FINITE: Rule = [isFinite, 'a finite number'];
const POSITIVE: Rule = [(v) => isFinite(v) && (v as number) > 0, 'a finite number above 0'];
const SHARE: Rule = [(v) => isFinite(v) && (v as number) >= 0 && (v as number) <= 1, '0..1'];
const TEXT: Rule = [(value) => typeof value === 'string' && value !== '', 'a text'];
const TEXT_OR_NULL: Rule = [(value) => value === null || TEXT[0](value), 'a text or null'];
const FLAG = oneOf([true, false]);
const ID = whole(1, 65535);

/** Enough to tell what stands there. */
const SHOWN_LENGTH = 80;

/** A value as JSON has it, short; numbers that JSON cannot hold by their names. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/**
 * What is wrong with the fields of a frame record (docs/dataset-format.md §5): types, ranges, order, and
 * numbers that are not finite anywhere in it. Pixels and geometry are not judged. Frame number and files
 * are those that the journal acts on, and must have been checked.
 */
export function recordFaults(
  record: Fields,
  expectations: RecordExpectations,
): readonly RecordFault[] {
  const faults: RecordFault[] = [];
  const report: Report = (path, expected, found) =>
    faults.push({ path, expected, found: show(found) });
  reportInfinite(record, '', report);
  const { size, seed } = expectations;
  const { annotations, camera, sample, frame } = record;
  checkFields(
    record,
    '',
    [
      ['width', oneOf([size.width])],
      ['height', oneOf([size.height])],
    ],
    report,
  );
  if (isObject(sample)) {
    checkFields(
      sample,
      'sample.',
      [
        ['frame', oneOf([frame])],
        ['seed', oneOf([seed])],
      ],
      report,
    );
  }
  if (isObject(camera)) checkCamera(camera, report);
  else report('camera', 'an object', camera);
  if (isObject(annotations)) checkAnnotations(annotations, expectations, report);
  else report('annotations', 'an object', annotations);
  return faults;
}

/** JSON reads 1e999 as Infinity; a number that a writer could not hold becomes null, which types refuse. */
function reportInfinite(value: unknown, path: string, report: Report): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) report(path, 'a finite number', value);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => reportInfinite(item, `${path}[${i}]`, report));
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      reportInfinite(item, path === '' ? key : `${path}.${key}`, report);
    }
  }
}

/** Numbers that are infinite are reported once, by {@link reportInfinite}. */
function checkFields(
  fields: Fields,
  prefix: string,
  rules: readonly (readonly [name: string, rule: Rule])[],
  report: Report,
): void {
  for (const [name, [holds, expected]] of rules) {
    const value = fields[name];
    if (!holds(value) && !holdsInfinite(value)) report(`${prefix}${name}`, expected, value);
  }
}

function holdsInfinite(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some(holdsInfinite)
    : typeof value === 'number' && !Number.isFinite(value);
}

function checkCamera(camera: Fields, report: Report): void {
  const { intrinsics, nearMeters, farMeters } = camera;
  if (isObject(intrinsics)) {
    checkFields(
      intrinsics,
      'camera.intrinsics.',
      [
        ['fx', POSITIVE],
        ['fy', POSITIVE],
        ['cx', FINITE],
        ['cy', FINITE],
      ],
      report,
    );
  } else report('camera.intrinsics', 'an object', intrinsics);
  checkFields(
    camera,
    'camera.',
    [
      ['worldFromCamera', list(16, FINITE)],
      ['nearMeters', POSITIVE],
      ['farMeters', POSITIVE],
    ],
    report,
  );
  if (
    isFinite(nearMeters) &&
    isFinite(farMeters) &&
    (nearMeters as number) >= (farMeters as number)
  )
    report('camera.farMeters', `more than nearMeters (${String(nearMeters)})`, farMeters);
}

function checkAnnotations(
  annotations: Fields,
  expectations: RecordExpectations,
  report: Report,
): void {
  const { instances, dropped } = annotations;
  checkFields(annotations, 'annotations.', [['depthBeyond16Bit', whole(0)]], report);
  checkMembers(instances, 'annotations.instances', report, (instance, path) =>
    checkInstance(instance, { path, ...expectations }, report),
  );
  const droppedRules: Parameters<typeof checkFields>[2] = [
    ['instanceId', ID],
    ['categoryId', whole(1, expectations.categories)],
    ['visiblePixels', whole(0)],
    ['reason', oneOf(DROP_REASONS)],
  ];
  checkMembers(dropped, 'annotations.dropped', report, (one, path) =>
    checkFields(one, `${path}.`, droppedRules, report),
  );
}

/** Each member of a list of objects that ascend by instance id. */
function checkMembers(
  members: unknown,
  path: string,
  report: Report,
  check: (member: Fields, path: string) => void,
): void {
  if (!Array.isArray(members)) return report(path, 'a list', members);
  let last: unknown;
  for (const [i, member] of members.entries()) {
    if (!isObject(member)) {
      report(`${path}[${i}]`, 'an object', member);
      continue;
    }
    check(member, `${path}[${i}]`);
    const { instanceId } = member;
    if (isFinite(last) && isFinite(instanceId) && (instanceId as number) <= (last as number)) {
      report(`${path}[${i}].instanceId`, `more than ${String(last)}, as ids ascend`, instanceId);
    }
    last = instanceId;
  }
}

function checkInstance(
  instance: Fields,
  { path, categories, size, amodal }: RecordExpectations & Readonly<{ path: string }>,
  report: Report,
): void {
  const { segmentation, bounds } = instance;
  checkFields(
    instance,
    `${path}.`,
    [
      ['instanceId', ID],
      ['categoryId', whole(1, categories)],
      ['name', TEXT],
      ['assetId', TEXT_OR_NULL],
      ['bbox', list(4, whole(0))],
      ['area', whole(1)],
      ['cameraFromObject', list(16, FINITE)],
      ['scale', list(3, FINITE)],
    ],
    report,
  );
  checkRle(segmentation, `${path}.segmentation`, size, report);
  if (bounds !== null) checkBounds(bounds, `${path}.bounds`, report);
  if (isObject(instance['amodal'])) checkAlone(instance['amodal'], `${path}.amodal`, size, report);
  else if (amodal || instance['amodal'] !== undefined) {
    report(
      `${path}.amodal`,
      amodal ? 'an object, as labels.amodal is on' : 'nothing',
      instance['amodal'],
    );
  }
}

function checkRle(rle: unknown, path: string, { width, height }: Size, report: Report): void {
  if (!isObject(rle)) return report(path, 'an object', rle);
  const { size } = rle;
  const [rows, columns] = Array.isArray(size) ? (size as readonly unknown[]) : [];
  if (rows !== height || columns !== width) report(`${path}.size`, `[${height}, ${width}]`, size);
  checkFields(rle, `${path}.`, [['counts', TEXT]], report);
}

function checkBounds(bounds: unknown, path: string, report: Report): void {
  if (!isObject(bounds)) return report(path, 'an object or null', bounds);
  checkFields(
    bounds,
    `${path}.`,
    [
      ['min', list(3, FINITE)],
      ['max', list(3, FINITE)],
    ],
    report,
  );
  const { min, max } = bounds as Readonly<Record<string, readonly number[]>>;
  if (!Array.isArray(min) || !Array.isArray(max)) return;
  if (min.some((low, i) => low > (max[i] ?? NaN)))
    report(`${path}.max`, `at least min [${min.join(', ')}]`, max);
}

function checkAlone(amodal: Fields, path: string, size: Size, report: Report): void {
  const side = whole(-1e9, 1e9);
  checkFields(
    amodal,
    `${path}.`,
    [
      ['area', whole(1)],
      ['bbox', list(4, side)],
      ['silhouetteArea', whole(1)],
      ['silhouetteClipped', FLAG],
      ['visibility', SHARE],
      ['occlusion', SHARE],
      ['truncation', SHARE],
    ],
    report,
  );
  checkRle(amodal['segmentation'], `${path}.segmentation`, size, report);
}
