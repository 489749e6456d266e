import type { SceneDescription } from '#shared/config/scene-description';
import type { Triangles } from '#shared/core/geometry';

/** A scene that is ready to be sampled, with what the page needs to draw it. */
export type LoadedScene = Readonly<{
  description: SceneDescription;
  /** Absolute paths of every file that went into it; a change of one makes another scene. */
  files: readonly string[];
  /** Bytes for the server by key: a GLB for glTF scenes, a JavaScript module for code scenes, none for YAML. */
  resources: ReadonlyMap<string, Uint8Array>;
  /** Triangles of a member of a scene graph and of all below it, in its frame, by its place in the walk. */
  trianglesOf: (index: number) => Triangles;
  /** What is in the file but has no effect. */
  warnings: readonly string[];
}>;
