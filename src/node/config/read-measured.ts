import { CsvError, parse } from 'csv-parse/sync';
import { extname } from 'node:path';
import { childAt, type LocatedValue, toPlain } from '#shared/config/located-value';
import { MAX_MEASURED } from '#shared/config/measured-schemas';
import { parseDocument } from '#shared/config/parse-document';
import { suggestFrom } from '#shared/config/suggest';
import { ConfigError, type SourcePosition } from '#shared/core/errors';
import { displayPath, readTextFile, type Requester } from './read-text-file.ts';

/** Values that were measured, and how much each counts; equal where there are no weights. */
export type Measured = Readonly<{
  values: readonly number[];
  weights: readonly number[] | null;
}>;

/** Which column of a file holds the values, and which their weights. */
export type Columns = Readonly<{ column?: string | undefined; weights?: string | undefined }>;

/** A table of cells whose places are known. */
type Table = Readonly<{ names: readonly string[]; column(name: string): readonly Cell[] }>;
type Cell = Readonly<{ value: unknown; position: SourcePosition | undefined }>;
type TextFile = Readonly<{ text: string; source: string; requester: Requester }>;

/**
 * Reads a column of numbers, and that of their weights, from a CSV, TSV or JSON file. Nothing is skipped: a
 * cell that is empty or no number is an error.
 *
 * @param requester Where the config names the file.
 * @throws ConfigError with the file, line and column of the first problem.
 */
export async function readMeasured(
  path: string,
  columns: Columns,
  requester: Requester,
): Promise<Measured> {
  const text = await readTextFile(path, 'file of measured values', requester);
  const file = { text, source: displayPath(path), requester };
  const isJson = extname(path).toLowerCase() === '.json';
  const table = isJson ? readJson(file) : readDelimited(file, delimiterOf(path));
  const name = columns.column ?? onlyName(table, columns.weights, file);
  const values = numbersOf(table, name, file);
  if (columns.weights === undefined) return { values, weights: null };
  return { values, weights: numbersOf(table, columns.weights, file) };
}

const delimiterOf = (path: string): string =>
  ['.tsv', '.tab'].includes(extname(path).toLowerCase()) ? '\t' : ',';

function fail({ source }: TextFile, message: string, position?: SourcePosition): never {
  throw new ConfigError([{ source, position, path: '', message }]);
}

/** A problem of what the config asks of a file, where it does. */
function failAsked({ requester, source }: TextFile, message: string, suggestion?: string): never {
  const { origin, parameter } = requester;
  throw new ConfigError([
    { ...origin, path: parameter, message: `${message} in ${source}.`, suggestion },
  ]);
}

function onlyName({ names }: Table, weights: string | undefined, file: TextFile): string {
  const free = names.filter((name) => name !== weights);
  const [only] = free;
  if (free.length === 1 && only !== undefined) return only;
  return failAsked(file, `expected a column to be named, found ${free.join(', ') || 'none'}`);
}

function numbersOf(table: Table, name: string, file: TextFile): readonly number[] {
  if (!table.names.includes(name)) {
    const suggestion = suggestFrom(name, table.names, 'columns');
    return failAsked(file, `unknown column ${JSON.stringify(name)}`, suggestion);
  }
  const cells = table.column(name);
  if (cells.length === 0)
    fail(file, `expected values in column ${JSON.stringify(name)}, found none`);
  if (cells.length > MAX_MEASURED)
    fail(file, `expected at most ${MAX_MEASURED} values, found ${cells.length}`);
  return cells.map(({ value, position }) => {
    const number = typeof value === 'number' ? value : numberFrom(value);
    if (number !== null && Number.isFinite(number)) return number;
    const found = value === '' || value === undefined ? 'nothing' : JSON.stringify(value);
    return fail(
      file,
      `expected a number in column ${JSON.stringify(name)}, found ${found}`,
      position,
    );
  });
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const numberFrom = (value: unknown): number | null =>
  typeof value === 'string' && NUMBER.test(value) ? Number(value) : null;

type Row = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }> }>;

function readDelimited(file: TextFile, delimiter: string): Table {
  let rows: readonly Row[];
  try {
    rows = parse(file.text, {
      bom: true,
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    return fail(file, error.message, { line, column: 1 });
  }
  const [head, ...body] = rows;
  const names = head?.record ?? [];
  const doubled = names.find((name, i) => names.indexOf(name) !== i);
  if (doubled !== undefined)
    fail(file, `expected each column once, found ${JSON.stringify(doubled)} again`, {
      line: 1,
      column: 1,
    });
  return {
    names,
    column: (name) => {
      const at = names.indexOf(name);
      return body.map(({ record, info }) => ({
        value: record[at],
        position: { line: info.lines, column: at + 1 },
      }));
    },
  };
}

/** The name of the values of a file that is a list of numbers. */
const UNNAMED = 'values';

/** A list of numbers, a list of items with keys, or a mapping of lists. */
function readJson(file: TextFile): Table {
  const root = parseDocument(file.text, file.source);
  const cell = (value: LocatedValue | undefined): Cell => ({
    value: value && toPlain(value),
    position: value?.origin.position,
  });
  if (root.type === 'mapping') {
    return {
      names: [...root.entries.keys()],
      column: (name) => {
        const list = childAt(root, name);
        if (list?.type !== 'list')
          return fail(file, `expected a list under ${JSON.stringify(name)}`, list?.origin.position);
        return list.items.map(cell);
      },
    };
  }
  if (root.type === 'scalar')
    return fail(file, 'expected a list or a mapping of lists, found a single value');
  const [first] = root.items;
  if (first?.type !== 'mapping') return { names: [UNNAMED], column: () => root.items.map(cell) };
  return {
    names: [...first.entries.keys()],
    column: (name) =>
      root.items.map((item) => {
        const { value, position } = cell(childAt(item, name));
        return { value, position: position ?? item.origin.position };
      }),
  };
}
