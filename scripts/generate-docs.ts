import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
// Relative, so that plain `npx tsx` reads the sources: `#shared/…` means dist/ without `--conditions=source`.
import { renderConfigReference } from '../src/shared/config/config-reference.ts';
import { configJsonSchema, sceneJsonSchema } from '../src/shared/config/json-schema.ts';

/**
 * Writes what is derived from the schemas: the JSON Schemas for editors and the config reference.
 * With `--check` it writes nothing and exits with 1 where a file is stale, naming it.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path from the repository's root to text, before Prettier. */
const documents: Readonly<Record<string, string>> = {
  'configs/schema.json': JSON.stringify(configJsonSchema()),
  'configs/scene.schema.json': JSON.stringify(sceneJsonSchema()),
  'docs/configs.md': renderConfigReference(),
};

async function formatted(path: string, text: string): Promise<string> {
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

async function isStale(path: string, text: string): Promise<boolean> {
  const current = await readFile(join(root, path), 'utf8').catch(() => null);
  return current !== text;
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`unknown argument ${unknown.join(' ')}; there is only --check`);
    return 2;
  }
  const stale: string[] = [];
  for (const [path, raw] of Object.entries(documents)) {
    const text = await formatted(path, raw);
    if (await isStale(path, text)) stale.push(path);
    if (args.includes('--check')) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  if (!args.includes('--check')) {
    console.log(stale.length > 0 ? `wrote ${stale.join(', ')}` : 'nothing changed');
    return 0;
  }
  if (stale.length === 0) return 0;
  console.error(`stale: ${stale.join(', ')}. Run: npx tsx scripts/generate-docs.ts`);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
