import type * as RapierModule from '@dimforge/rapier3d-deterministic-compat';
import { SamplingError } from '../core/errors.ts';

type Rapier = typeof RapierModule;

let loaded: Rapier | null = null;

/**
 * Loads the physics engine: Rapier's deterministic build, one WebAssembly binary for Node and the page, so
 * that both come to the same bits. It is 4 MB, so it is loaded where a config drops objects and not before.
 */
export async function loadPhysics(): Promise<void> {
  if (loaded) return;
  const engine = await import('@dimforge/rapier3d-deterministic-compat');
  await engine.init();
  loaded = engine;
}

/** The engine; sampling is synchronous, so whoever samples has loaded it before. */
export function requirePhysics(): Rapier {
  if (loaded) return loaded;
  throw new SamplingError(
    'the config drops objects, but the physics engine is not loaded. Await loadPhysics() before sampling.',
  );
}
