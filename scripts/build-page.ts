import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles the page. `three` is an entry of its own, so that code scenes, bundled later on a user's
 * machine, share the page's one copy through the import map.
 */
await rm(`${root}dist/page/chunks`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/page/main.ts',
    three: 'src/page/three.ts',
    'scene/define-scene': 'src/page/scene/define-scene.ts',
  },
  outdir: 'dist/page',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['source'],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
