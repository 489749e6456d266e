import type { Bounds, Mat4, Triangles, Vec3 } from '../core/geometry.ts';
import type { LightSpec } from './light-schema.ts';
import type { MaterialSpec } from './material-schema.ts';
import type { ShapeSpec } from './scene-schema.ts';

/** What a described node is made of. `member` is a node inside a glTF or code scene. */
export type NodeContent =
  | Readonly<{ kind: 'shape'; shape: ShapeSpec }>
  | Readonly<{ kind: 'model'; assetId: string }>
  /**
   * `index`: the node's place in a depth-first walk of the scene graph, the root being 0.
   * `parent`: that of the node it hangs from; −1 for the root.
   */
  | Readonly<{ kind: 'member'; index: number; parent: number }>;

/** The places in which one instanced mesh is drawn. Copies are alike but for where they stand. */
export type NodeCopies = Readonly<{
  /** In the order of the file or of the mesh. */
  nodeFromCopy: readonly Mat4[];
  /** Of the mesh drawn once, in its own frame; null where it has no geometry. */
  bounds: Bounds | null;
}>;

/** One named node of a scene, in the world. */
export type DescribedNode = Readonly<{
  name: string;
  content: NodeContent;
  /** Rigid with uniform scale for shapes and models; any affine map for members. */
  worldFromNode: Mat4;
  /** In the node's own frame, all its descendants included; null where it has no geometry. */
  bounds: Bounds | null;
  category?: string | undefined;
  /** Of a skinned mesh: the places of its joints in the walk, which its geometry follows; −1 is none of the walk. */
  joints?: readonly number[] | undefined;
  /** Of a labelled node whose own mesh is instanced: each copy is an instance, the node itself is none. */
  copies?: NodeCopies | undefined;
  /** Of a member: triangles of its mesh and of those below it, in its frame; absent where no config asks for them. */
  mesh?: Triangles | undefined;
  /** Its origin is this keypoint of the instance that it belongs to. */
  keypoint?: string | undefined;
  /** It begins this part of the instance that it belongs to. */
  part?: string | undefined;
  material?: MaterialSpec | undefined;
  surface: boolean;
  castShadow: boolean;
  receiveShadow: boolean;
}>;

/**
 * What a scene holds, whichever way it came in: YAML, glTF or code. Plain JSON.
 * Placement, categories and bounds are read from here, never from three.js objects.
 */
export type SceneDescription = Readonly<{
  source: Readonly<{
    kind: 'yaml' | 'gltf' | 'code';
    /** As written in the config. */
    path: string;
    sha256: string;
    /** What the page loads for `gltf` and `code` scenes: the key of the bytes on the server. */
    resource?: string | undefined;
  }>;
  name: string;
  /** In scene order; names are unique. */
  nodes: readonly DescribedNode[];
  volumes: readonly Readonly<{ name: string; min: Vec3; max: Vec3 }>[];
  cameras: readonly Readonly<{ name: string; position: Vec3; target: Vec3 }>[];
  lights: Readonly<Record<string, LightSpec>>;
}>;
