import { fileURLToPath } from 'node:url';
import { openAddress } from '#node/preview/open-address';
import { openPreview } from '#node/preview/open-preview';
import { buildForWork } from './build-for-work.ts';

/**
 * For work on the preview: builds page and preview as they change, and takes the change up in the page that is
 * open. `npm run dev -- configs/tabletop.yaml [--no-open]`
 */
const [target = 'configs/tabletop.yaml', ...flags] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));
const builds = await buildForWork({ root, outdir: `${root}dist/page` });
const preview = await openPreview({
  request: { target },
  module: 'preview/hot.js',
  onState: ({ problem }) => problem && console.error(problem.message),
});
await builds.follow((change) => {
  console.log(change === 'code' ? 'the page loads again' : `new ${change}, in place`);
  preview.tell({ type: 'page', change });
});
console.log(preview.url);
if (!flags.includes('--no-open')) await openAddress(preview.url);
await new Promise((resolve) => process.once('SIGINT', resolve));
await Promise.all([preview.close(), builds.dispose()]);
