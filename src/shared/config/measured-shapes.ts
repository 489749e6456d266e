import type { Config } from './config-schema.ts';

/** Whether any group of the config keeps clear by triangles. */
export function keepsClearByMeshes({ objects }: Config): boolean {
  return Object.values(objects).some(({ clearance }) => clearance === 'meshes');
}

/** Names of the nodes and groups on whose triangles the config places objects. */
export function meshTargets({ objects }: Config): ReadonlySet<string> {
  return new Set(
    Object.values(objects).flatMap(({ placement }) =>
      placement.kind === 'mesh' ? [placement.of] : [],
    ),
  );
}
