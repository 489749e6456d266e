import type { Config } from './config-schema.ts';

/** Whether any group of the config falls, so that sampling needs the physics engine. */
export function dropsObjects({ objects }: Config): boolean {
  return Object.values(objects).some(
    ({ placement: { kind } }) => kind === 'drop' || kind === 'pile',
  );
}
