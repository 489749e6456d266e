import type { Bounds, Hull, Triangles, Vec2, Vec3 } from './geometry.ts';
import type { ModelRig } from './rig.ts';

/** How far a joint turns about its own axes, degrees; an axis that is not stated does not turn. */
export type JointLimits = Readonly<Partial<Record<'x' | 'y' | 'z', readonly [number, number]>>>;

/** A node of a model, as the file stores its pose. */
export type ModelNode = Readonly<{
  /** May be empty, and need not be unique. */
  name: string;
  /** Index of the node above; −1 below the scene. */
  parent: number;
  /** In the asset's own frame, metres. */
  origin: Vec3;
  /** Its origin is this keypoint: `keypoint` of its extras. */
  keypoint?: string | undefined;
  /** It begins this part, with all below it: `part` of its extras. */
  part?: string | undefined;
  /** `jointLimitsDegrees` of its extras. */
  jointLimitsDegrees?: JointLimits | undefined;
  /** Names of its mesh's morph targets: `targetNames` of the mesh's extras, else `morph-0`, …; absent: none. */
  morphTargets?: readonly string[] | undefined;
}>;

/** A 3D model that a config may place. */
export type ModelAsset = Readonly<{
  kind: 'model';
  /** Unique over all roots; what configs name. */
  id: string;
  /** Path relative to its root, with forward slashes. */
  file: string;
  /** Name of the folder's role: `builtin`, or the folder name given with `--assets`. */
  root: string;
  /** SHA-256 of the file's bytes, hex. Addresses the asset on the server and in the manifest. */
  sha256: string;
  bytes: number;
  license: string;
  author?: string | undefined;
  category?: string | undefined;
  /** In the asset's own frame: metres, Y up. */
  bounds: Bounds;
  triangles: number;
  /** Convex hull of the vertices projected on y = 0, anticlockwise seen from +Y, at most 32 points. */
  footprint: readonly Vec2[];
  /** Convex solids that together are its body; absent where no config asks for them. */
  hulls?: readonly Hull[] | undefined;
  /** All of its triangles in its default pose; absent where no config asks for them. */
  mesh?: Triangles | undefined;
  /** Hierarchy, clips and vertices; absent where no config poses it. */
  rig?: ModelRig | undefined;
  /** Of the default scene, depth first, in the order of `children`. */
  nodes: readonly ModelNode[];
  materialNames: readonly string[];
  /** Every triangle mesh has texture coordinates. */
  hasUvs: boolean;
  animations: readonly string[];
  extensions: readonly string[];
  warnings: readonly string[];
}>;

/** An equirectangular radiance map, `.hdr` or `.exr`. */
export type EnvironmentAsset = Readonly<{
  kind: 'environment';
  id: string;
  file: string;
  root: string;
  sha256: string;
  bytes: number;
  license: string;
  author?: string | undefined;
  format: 'hdr' | 'exr';
}>;

/** How a photo was taken, as far as it is known. Degrees. */
export type PhotoFacts = Readonly<{
  /** Its camera: vertical field of view, and how far up (+) or down it looked; the horizon is level. */
  view?: Readonly<{ verticalDegrees: number; pitchDegrees: number }> | undefined;
  /** Azimuth from where the camera looks, clockwise seen from above; elevation above the horizon. */
  sun?: Readonly<{ azimuthDegrees: number; elevationDegrees: number }> | undefined;
}>;

/** A colour image. */
export type ImageAsset = Readonly<{
  kind: 'image';
  id: string;
  file: string;
  root: string;
  sha256: string;
  bytes: number;
  license: string;
  author?: string | undefined;
  /** As it is seen: upright by its EXIF orientation. */
  widthPixels: number;
  heightPixels: number;
  photo?: PhotoFacts | undefined;
}>;

/** The images of one physically based material; each value is the id of an image in the catalogue. */
export type MaterialAsset = Readonly<{
  kind: 'material';
  id: string;
  root: string;
  license: string;
  author?: string | undefined;
  color: string;
  normal?: string | undefined;
  roughness?: string | undefined;
  metalness?: string | undefined;
  /** Share of the surroundings' light that is not shut out, in red. */
  occlusion?: string | undefined;
  /** From the lowest to the highest, in red; without metres. */
  height?: string | undefined;
}>;

export type CatalogueEntry = ModelAsset | EnvironmentAsset | ImageAsset | MaterialAsset;

/**
 * What the asset folders hold, as plain JSON made by `node/assets`, so that sampling needs no renderer.
 * Each list is sorted by id.
 */
export type AssetCatalogue = Readonly<{
  models: readonly ModelAsset[];
  environments: readonly EnvironmentAsset[];
  images: readonly ImageAsset[];
  materials: readonly MaterialAsset[];
}>;
