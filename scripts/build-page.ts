import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pageBuildOptions } from './page-build-options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const folder of ['chunks', 'preview']) {
  await rm(`${root}dist/page/${folder}`, { recursive: true, force: true });
}
await build(pageBuildOptions(root));
