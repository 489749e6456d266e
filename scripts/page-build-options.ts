import type { BuildOptions } from 'esbuild';

/**
 * How the page and the preview are bundled: in one build, so that both, and code scenes on a user's
 * machine, share one copy of `three`, which is an entry of its own for the import map.
 *
 * @param root folder of the package, with a slash at its end.
 */
export function pageBuildOptions(root: string) {
  return {
    absWorkingDir: root,
    entryPoints: {
      main: 'src/page/main.ts',
      three: 'src/page/three.ts',
      'readback/packet-writer': 'src/page/readback/packet-writer.ts',
      'scene/define-scene': 'src/page/scene/define-scene.ts',
      'preview/main': 'src/preview/main.tsx',
      'preview/frame/sample-worker': 'src/preview/frame/sample-worker.ts',
    },
    outdir: 'dist/page',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['source'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  } as const satisfies BuildOptions;
}
