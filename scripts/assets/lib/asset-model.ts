import type { BufferGeometry, Vector3 } from 'three';
import type { Rig } from './rig-model.ts';

/** An encoded image that a material refers to. Share one object to share one texture in the GLB. */
export interface TextureImage {
  name: string;
  data: Uint8Array;
  mimeType: 'image/jpeg' | 'image/png';
}

/** A metallic-roughness material as it is written to glTF. */
export interface MaterialSpec {
  name: string;
  /** sRGB hex colour, e.g. `#c0392b`; multiplies the colour map. White when absent. */
  color?: string;
  /** 0 (dielectric) to 1 (metal). */
  metallic: number;
  /** 0 (mirror) to 1 (matt). */
  roughness: number;
  colorMap?: TextureImage;
  normalMap?: TextureImage;
  /** Strength of the normal map; 1 when absent. */
  normalScale?: number;
  /** Turns on alphaMode MASK with this cutoff (0–1). */
  alphaCutoff?: number;
  doubleSided?: boolean;
}

/** One named mesh of a model. Geometry is in millimetres, +Y up, UV origin bottom left. */
export interface Part {
  name: string;
  geometry: BufferGeometry;
  material: MaterialSpec;
  /** Of a rigged model: the joint that carries it, or how much of each carries a point (sum 1, four at most). */
  carriedBy?: string | ((point: Vector3) => readonly (readonly [joint: string, share: number])[]);
  /** Of a rigged model: how far each of its morph targets moves the part, millimetres. */
  morphs?: Readonly<Record<string, readonly [number, number, number]>>;
}

/** How to build one model of the library. */
export interface Recipe {
  /** File stem and root node name, e.g. `mug-1`. */
  id: string;
  /** Kind of object, e.g. `mug`. */
  category: string;
  /** Builds the parts; deterministic, any origin (the writer centres the model on its base). */
  build: () => Promise<Part[]>;
  /** Leaves out texture coordinates that no map needs, and joins the vertices that are alike without them. */
  lean?: boolean;
  /** Its skeleton and clips; every part is then carried by joints. */
  rig?: Rig;
}

/** Numbers variants of one category: `mug-1`, `mug-2`, … */
export function recipesOf<Variant>(
  category: string,
  variants: readonly Variant[],
  build: (variant: Variant, id: string) => Promise<Part[]>,
): Recipe[] {
  return variants.map((variant, index) => {
    const id = `${category}-${index + 1}`;
    return { id, category, build: () => build(variant, id) };
  });
}

/** As {@link recipesOf}, for large models of plain colours: see {@link Recipe.lean}. */
export function leanRecipesOf<Variant>(...given: Parameters<typeof recipesOf<Variant>>): Recipe[] {
  return recipesOf(...given).map((recipe) => ({ ...recipe, lean: true }));
}
