import {
  LABEL_FORM_NAMES,
  type LabelForm,
  type LabelSheetSpec,
} from '../config/label-sheet-schema.ts';
import { linearFromHex } from '../core/color.ts';
import { SamplingError } from '../core/errors.ts';
import type { Sampler } from './sampler.ts';
import type { LabelSheetSample } from './scene-sample.ts';

type Print = Pick<LabelSheetSpec, 'form' | 'text' | 'colors'>;

/** Printable ASCII, which the font of strokes has, and no more than fits a line. */
const PRINTABLE = /^[ -~]{1,32}$/;

/** What stands on each line of a form where the config says nothing. */
type Line = 'brand' | 'words' | 'street' | 'city' | 'code' | 'price' | 'weight' | 'warning';

const LINES: Readonly<Record<LabelForm, readonly Line[]>> = {
  shipping: ['code', 'brand', 'street', 'city', 'words', 'code'],
  product: ['brand', 'words', 'words', 'words', 'weight'],
  price: ['price', 'words', 'code'],
  warning: ['warning', 'words', 'words'],
  barcode: ['code'],
  words: ['brand', 'words', 'words', 'words', 'words', 'words', 'words', 'words'],
};

const SYLLABLES =
  'ba be bo da di do fa fi ga go ka ko la le li lo ma me mi mo na ne ni no pa po ra re ri ro sa se si so ta te ti to va ve vi vo za zo'.split(
    ' ',
  );
const ENDINGS = ['n', 'r', 's', 'l', 'x', 'm', 'k', 'nt', 'rd', 'st', 'ck', ''];
const WARNINGS = ['FRAGILE', 'CAUTION', 'WARNING', 'DANGER', 'HEAVY', 'KEEP DRY', 'THIS WAY UP'];
const STREETS = ['Street', 'Road', 'Lane', 'Way', 'Square', 'Alley'];

/** Draws a sheet of print: its form, its words and its number, each from streams of its own. */
export function sampleLabelSheet(
  sampler: Sampler,
  print: Partial<Print> | undefined,
  path: string,
): LabelSheetSample {
  const form =
    print?.form ??
    sampler.pick(LABEL_FORM_NAMES, `${path}.form`, { weight: () => 1, name: (name) => name });
  const colorOf = (index: 0 | 1 | 2, fallback: string) =>
    print?.colors === undefined
      ? linearFromHex(fallback)
      : sampler.color(print.colors[index], `${path}.colors[${index}]`);
  return {
    form,
    colors: [colorOf(0, '#f5f3ee'), colorOf(1, '#161616'), colorOf(2, '#c22f27')],
    lines: LINES[form].map((line, index) => {
      const at = `${path}.text[${index}]`;
      const stated = print?.text?.[index];
      return stated === undefined
        ? drawLine(sampler, line, at)
        : printable(sampler.string(stated, at), at);
    }),
    digits: drawDigits(sampler, `${path}.digits`),
  };
}

function printable(text: string, path: string): string {
  if (PRINTABLE.test(text)) return text;
  throw new SamplingError(
    `${path}: expected 1..32 characters of printable ASCII, found ${JSON.stringify(text)}. Labels are printed with a font that has no others.`,
  );
}

function drawLine(sampler: Sampler, line: Line, path: string): string {
  const below = (count: number, name: string): number =>
    Math.floor(count * sampler.uniform(`${path}.${name}`));
  const of = (list: readonly string[], name: string): string =>
    list[below(list.length, name)] ?? '';
  const word = (name: string): string =>
    Array.from({ length: 1 + below(3, `${name}.length`) }, (_, i) =>
      of(SYLLABLES, `${name}[${i}]`),
    ).join('') + of(ENDINGS, `${name}.end`);
  const named = (name: string): string => {
    const text = word(name);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  switch (line) {
    case 'brand':
      return word('word').toUpperCase();
    case 'words':
      return [named('first'), word('second'), word('third')].join(' ');
    case 'street':
      return `${1 + below(299, 'number')} ${named('name')} ${of(STREETS, 'kind')}`;
    case 'city':
      return `${10000 + below(89999, 'code')} ${named('name')}`;
    case 'code':
      return `${String.fromCharCode(65 + below(26, 'letter'))}${below(10, 'digit')}-${1000 + below(9000, 'number')}`;
    case 'price':
      return `${below(100, 'whole')}.${below(10, 'tens')}9`;
    case 'weight':
      return `${5 * (1 + below(200, 'weight'))} g`;
    case 'warning':
      return of(WARNINGS, 'warning');
  }
}

/** Twelve digits and the one that checks them: with weights 1 and 3 in turn the sum is a multiple of ten. */
function drawDigits(sampler: Sampler, path: string): string {
  const digits = Array.from({ length: 12 }, (_, i) =>
    Math.floor(10 * sampler.uniform(`${path}[${i}]`)),
  );
  const sum = digits.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  return [...digits, (10 - (sum % 10)) % 10].join('');
}
