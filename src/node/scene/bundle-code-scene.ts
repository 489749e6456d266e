import { build, type BuildFailure, type Plugin } from 'esbuild';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '#shared/core/errors';
import { packageRoot } from '../assets/asset-roots.ts';
import { displayPath } from '../config/read-text-file.ts';

/** A code scene as one ES module that imports nothing but `three`. */
export type SceneBundle = Readonly<{ code: Uint8Array; files: readonly string[] }>;

/** Folder of the three.js that Diorama itself uses; scenes get the same. */
function threeFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('three')));
}

/** `defineScene`, from source or as built. */
function sceneModule(): string {
  const candidates = ['src/page/scene/define-scene.ts', 'dist/page/scene/define-scene.js'];
  const found = candidates
    .map((file) => join(packageRoot(), file))
    .find((file) => existsSync(file));
  if (found === undefined)
    throw new Error('the package lacks page/scene/define-scene. Build or install it again.');
  return found;
}

/** `three` stays an import; its add-ons and `diorama/scene` come from this installation, wherever the scene lies. */
const ownPackages: Plugin = {
  name: 'own-packages',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^three$/ }, () => ({ path: 'three', external: true }));
    esbuild.onResolve({ filter: /^three\/(addons|examples\/jsm)\// }, ({ path }) => ({
      path: join(threeFolder(), path.replace(/^three\/(addons|examples\/jsm)\//, 'examples/jsm/')),
    }));
    esbuild.onResolve({ filter: /^diorama\/scene$/ }, () => ({ path: sceneModule() }));
  },
};

/**
 * Bundles a `.ts` or `.js` scene with all that it imports. White space is removed, and with it the
 * comments in which esbuild names folders, so that the bytes do not depend on where the scene lies.
 *
 * @throws ConfigError with every error of the build at its file, line and column.
 */
export async function bundleCodeScene(path: string): Promise<SceneBundle> {
  const folder = dirname(resolve(path));
  try {
    const result = await build({
      entryPoints: [resolve(path)],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      minifyWhitespace: true,
      legalComments: 'none',
      metafile: true,
      logLevel: 'silent',
      plugins: [ownPackages],
    });
    const code = result.outputFiles[0]?.contents ?? new Uint8Array();
    return {
      code,
      files: Object.keys(result.metafile.inputs)
        .map((file) => resolve(folder, file))
        .sort(),
    };
  } catch (cause) {
    throw toConfigError(cause, path, folder);
  }
}

function toConfigError(cause: unknown, path: string, folder: string): ConfigError {
  const errors = (cause as Partial<BuildFailure>).errors ?? [];
  if (errors.length === 0)
    return new ConfigError([{ source: displayPath(path), path: '', message: String(cause) }], {
      cause,
    });
  return new ConfigError(
    errors.map(({ text, location }) => ({
      source: displayPath(location ? resolve(folder, location.file) : resolve(path)),
      // esbuild counts columns from 0, in bytes.
      position: location ? { line: location.line, column: location.column + 1 } : undefined,
      path: '',
      message: text,
    })),
    { cause },
  );
}

/** The same bundle with `three` as the absolute URL of our copy, so that Node can run it from any folder. */
export async function linkForNode(code: Uint8Array): Promise<Uint8Array> {
  const url = pathToFileURL(join(threeFolder(), 'build', 'three.module.js')).href;
  const toCopy: Plugin = {
    name: 'three-by-url',
    setup: (esbuild) =>
      esbuild.onResolve({ filter: /^three$/ }, () => ({ path: url, external: true })),
  };
  const result = await build({
    stdin: { contents: Buffer.from(code).toString('utf8'), loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    logLevel: 'silent',
    plugins: [toCopy],
  });
  return result.outputFiles[0]?.contents ?? new Uint8Array();
}
