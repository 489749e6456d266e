import { context, type BuildResult, type OutputFile } from 'esbuild';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { watchInputs, type InputsWatcher } from '#node/preview/watch-inputs';
import type { PageChange } from '#shared/protocol/preview-api';
import { pageBuildOptions } from '../page-build-options.ts';
import { pageChange, type BuiltFiles } from './page-change.ts';

/** Builds of the page that go on until they are disposed. */
export type PageBuilds = Readonly<{
  /** Tells of each build from now on that changed something; one that fails is printed, and leaves all as it is. */
  follow(told: (change: PageChange) => void): Promise<void>;
  dispose(): Promise<void>;
}>;

type Places = Readonly<{
  /** Folder of the package, absolute, with a slash at its end. */
  root: string;
  /** Folder that is built into, absolute. */
  outdir: string;
}>;

/** Modules of the preview, each an entry of its own, by where they are built to. */
async function previewModules(root: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(join(root, 'src/preview'), { recursive: true });
  const modules = names.filter((name) => /(?<!\.d)\.tsx?$/.test(name));
  return Object.fromEntries(
    modules.map((name) => [`preview/${name.replace(/\.tsx?$/, '')}`, `src/preview/${name}`]),
  );
}

/** Writes files that were not there, or have changed. */
async function writeChanged(
  files: readonly OutputFile[],
  outdir: string,
  before: BuiltFiles,
): Promise<BuiltFiles> {
  const built = new Map<string, string>();
  for (const { path, hash, contents } of files) {
    const name = relative(outdir, path);
    built.set(name, hash);
    if (before.get(name) === hash) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
  return built;
}

/**
 * Builds page and preview for work on them. Each module of the preview is an entry, and with it a chunk of its
 * own, named after what it holds: a page that imports a new build gets those modules anew that changed, or that
 * import one that did, and no other (ADR 35).
 */
export async function buildForWork({ root, outdir }: Places): Promise<PageBuilds> {
  let built: BuiltFiles = new Map();
  let tell: (change: PageChange) => void = () => undefined;
  const take = async ({ outputFiles = [], errors }: BuildResult): Promise<void> => {
    if (errors.length > 0) return;
    const before = built;
    built = await writeChanged(outputFiles, outdir, before);
    const change = pageChange(before, built);
    if (change !== null) tell(change);
  };
  const shared = pageBuildOptions(root);
  await rm(join(outdir, 'chunks'), { recursive: true, force: true });
  const building = await context({
    ...shared,
    entryPoints: { ...shared.entryPoints, ...(await previewModules(root)) },
    outdir,
    write: false,
    plugins: [{ name: 'take-build', setup: (build) => build.onEnd(take) }],
  });
  let last: Promise<unknown> = building.rebuild();
  await last;
  // esbuild's own watcher looks at some files at a time, so that a change is seen after a second or two.
  const again = (): void => {
    last = last.then(() => building.rebuild()).catch(() => undefined);
  };
  let watcher: InputsWatcher | null = null;
  return {
    follow: async (told) => {
      tell = told;
      watcher = await watchInputs({ files: [], folders: [join(root, 'src')] }, again);
    },
    dispose: async () => {
      await watcher?.close();
      await last;
      await building.dispose();
    },
  };
}
