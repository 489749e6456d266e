import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCliDocs } from '../src/cli/create-cli-docs.ts';

const TARGET = fileURLToPath(new URL('../docs/cli.md', import.meta.url));

const text = await createCliDocs();
if (process.argv.includes('--check')) {
  const current = existsSync(TARGET) ? readFileSync(TARGET, 'utf8') : '';
  if (current !== text) {
    console.error('docs/cli.md is out of date. Run: npx tsx scripts/generate-cli-docs.ts');
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, text);
}
