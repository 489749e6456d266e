import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Object3D } from 'three';
import { type SceneFile, sceneSchema } from '#shared/config/scene-schema';
import { ConfigError } from '#shared/core/errors';
import { linkForNode } from './bundle-code-scene.ts';

/** A code scene whose declaration has been checked. */
export type EvaluatedScene = Readonly<{
  declaration: Pick<SceneFile, 'name' | 'volumes' | 'cameras' | 'lights'>;
  /** Runs the scene's own code; throws ConfigError with its cause. */
  build: () => Object3D;
}>;

/**
 * Runs the module of a code scene in this process and checks what it exports. A scene is code of the
 * user's own, as trusted as the command that names it.
 *
 * @param source Name of the scene file in messages.
 * @throws ConfigError where the module fails or exports something else.
 */
export async function evaluateCodeScene(code: Uint8Array, source: string): Promise<EvaluatedScene> {
  const exported = await importModule(await linkForNode(code), source);
  const scene = exported['scene'] as Record<string, unknown> | undefined;
  if (typeof scene?.['build'] !== 'function') {
    const found = Object.keys(exported).join(', ') || 'nothing';
    throw fault(
      source,
      `expected \`export const scene = defineScene({ name, build })\`, found exports: ${found}.`,
    );
  }
  const { build, ...declared } = scene;
  const checked = sceneSchema.safeParse({ sceneVersion: 1, ...declared });
  if (!checked.success) {
    const issues = checked.error.issues.map(({ path, message }) => ({
      source,
      path: `scene.${path.join('.')}`,
      message,
    }));
    throw new ConfigError(issues, { cause: checked.error });
  }
  return { declaration: checked.data, build: () => runBuild(build as () => unknown, source) };
}

async function importModule(code: Uint8Array, source: string): Promise<Record<string, unknown>> {
  // A name of its own for each run: Node keeps modules by URL for as long as the process lives.
  const folder = await mkdtemp(join(tmpdir(), 'diorama-scene-'));
  try {
    const file = join(folder, 'scene.mjs');
    await writeFile(file, code);
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw fault(source, `the module cannot be run: ${String(cause)}.`, cause);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runBuild(build: () => unknown, source: string): Object3D {
  let built: unknown;
  try {
    built = build();
  } catch (cause) {
    const hint =
      cause instanceof ReferenceError
        ? ' Scenes run in Node too: use neither the DOM nor image loaders.'
        : '';
    throw fault(source, `build() failed: ${String(cause)}.${hint}`, cause);
  }
  if ((built as Partial<Object3D> | null)?.isObject3D !== true) {
    throw fault(source, `build() must return a three.js Object3D, got ${describeValue(built)}.`);
  }
  return built as Object3D;
}

function describeValue(value: unknown): string {
  if (value instanceof Promise) return 'a promise; build() cannot be asynchronous';
  return value === null ? 'null' : typeof value;
}

function fault(source: string, message: string, cause?: unknown): ConfigError {
  return new ConfigError(
    [{ source, path: '', message }],
    cause === undefined ? undefined : { cause },
  );
}
