import { context } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { openAddress } from '#node/preview/open-address';
import { openPreview } from '#node/preview/open-preview';
import { pageBuildOptions } from './page-build-options.ts';

/**
 * For work on the preview: builds page and preview as they change, and loads the page again.
 * `npm run dev -- configs/tabletop.yaml [--no-open]`
 */
const [target = 'configs/tabletop.yaml', ...flags] = process.argv.slice(2);
const building = await context(pageBuildOptions(fileURLToPath(new URL('..', import.meta.url))));
await building.rebuild();
await building.watch();
const preview = await openPreview({
  request: { target },
  watchPage: true,
  onState: ({ problem }) => problem && console.error(problem.message),
});
console.log(preview.url);
if (!flags.includes('--no-open')) await openAddress(preview.url);
await new Promise((resolve) => process.once('SIGINT', resolve));
await Promise.all([preview.close(), building.dispose()]);
