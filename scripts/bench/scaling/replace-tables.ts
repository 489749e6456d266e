import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Puts each sweep's table where the document marks its place, and leaves the rest as it is. */
export async function replaceTables(
  path: string,
  tables: ReadonlyMap<string, string>,
): Promise<void> {
  const text = [...tables].reduce(
    (document, [name, table]) => replaceTable(document, { name, table, path }),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

/** @throws RangeError where the document does not mark a place for the table. */
export function replaceTable(
  document: string,
  { name, table, path }: Readonly<{ name: string; table: string; path: string }>,
): string {
  const [begin, end] = [`<!-- scaling:${name} -->`, `<!-- /scaling:${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new RangeError(`${path}: expected ${begin} and after it ${end}, found neither or one`);
  return `${document.slice(0, from + begin.length)}\n\n${table}\n\n${document.slice(to)}`;
}
