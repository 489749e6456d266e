import type { Config } from './config-schema.ts';

/** Whether a config makes a node of the scene a shadow catcher. */
export function catchesShadow({ nodes }: Pick<Config, 'nodes'>, name: string): boolean {
  // A node may be called `constructor`: only what the config itself names is an override.
  return Object.hasOwn(nodes, name) && nodes[name]?.shadowCatcher === true;
}
