import {
  MeshLambertMaterial,
  MeshPhongMaterial,
  MeshStandardMaterial,
  Texture,
  Vector2,
  Vector3,
  type Material,
  type Mesh,
  type WebGLRenderer,
} from 'three';
import { RenderError } from '#shared/core/errors';
import type { PlanMaterial, PlanTexture } from '#shared/plan/frame-plan';
import type { AssetLoader } from '../assets/asset-loader.ts';
import { PatternTextures } from './pattern-textures.ts';
import {
  patchSurfaceShader,
  type ProjectionFeatures,
  type ProjectionUniforms,
  type SharedUniforms,
} from './surface-shader.ts';

type LitMaterial = MeshStandardMaterial | MeshLambertMaterial | MeshPhongMaterial;

/** Marks, in `userData`, a material whose colour only stands for "none stated". */
export const BARE = 'bare';

/** A material that is lent to one mesh for one frame. */
type Loan = Readonly<{ key: string; material: LitMaterial; projection: ProjectionUniforms | null }>;

/** The images of a projection, loaded. */
type ProjectedImages = Readonly<{
  color: Texture;
  normal: Texture | null;
  roughness: Texture | null;
  metalness: Texture | null;
}>;

/**
 * Dresses meshes for a frame. Materials that a plan changes are clones from a pool, handed back after
 * the frame and never disposed of, so that shader programs outlive it.
 */
export class MaterialPool {
  readonly shared: SharedUniforms = {
    occlusionMap: { value: null },
    inverseSize: { value: new Vector2() },
  };
  readonly #assets: AssetLoader;
  readonly #patterns: PatternTextures;
  readonly #prepared = new WeakSet<Material>();
  readonly #idle = new Map<string, Loan[]>();
  readonly #lent: Loan[] = [];
  readonly #blank = new Texture();

  constructor(renderer: WebGLRenderer, assets: AssetLoader) {
    this.#assets = assets;
    this.#patterns = new PatternTextures(renderer);
  }

  /** Loads what a change needs; call before {@link dress}, which does not wait. */
  async load(change: PlanMaterial): Promise<ProjectedImages | null> {
    const source = change.texture?.source;
    if (source === undefined) return null;
    if (source.kind !== 'images') {
      return { ...this.#patterns.mapsOf(source), metalness: null };
    }
    return loadImages(this.#assets, source);
  }

  /** Gives a mesh its source materials, changed as asked; `scale`: metres per unit of its axes. */
  dress(
    mesh: Mesh,
    sources: Material | Material[],
    change: Readonly<{
      material: PlanMaterial;
      images: ProjectedImages | null;
      scale: Vector3;
    }> | null,
  ): void {
    const each = (source: Material): Material => {
      if (!isLit(source)) return source;
      if (change === null) return this.#prepare(source);
      return this.#lend(source, change);
    };
    mesh.material = Array.isArray(sources) ? sources.map(each) : each(sources);
  }

  /** Takes every lent material back; call when the frame is done. */
  reclaim(): void {
    this.#patterns.trim();
    for (const loan of this.#lent.splice(0)) {
      const idle = this.#idle.get(loan.key) ?? [];
      idle.push(loan);
      this.#idle.set(loan.key, idle);
    }
  }

  #prepare(material: LitMaterial): LitMaterial {
    if (this.#prepared.has(material)) return material;
    this.#prepared.add(material);
    this.#patch(material, null);
    return material;
  }

  #lend(
    source: LitMaterial,
    { material: change, images, scale }: NonNullable<Parameters<MaterialPool['dress']>[2]>,
  ): LitMaterial {
    const features = images && featuresOf(images);
    const key = [
      source.uuid,
      JSON.stringify(features),
      change.roughness !== undefined,
      change.metalness !== undefined,
    ].join();
    const loan = this.#idle.get(key)?.pop() ?? this.#createLoan(source, key, features);
    this.#lent.push(loan);
    applyChange(loan.material, source, change);
    if (features) applyFactors(loan.material, change, features);
    if (loan.projection && images && change.texture) {
      const { projection } = loan;
      projection.projectedColor.value = images.color;
      projection.projectedNormal.value = images.normal ?? this.#blank;
      projection.projectedRoughness.value = images.roughness ?? this.#blank;
      projection.projectedMetalness.value = images.metalness ?? this.#blank;
      projection.objectScale.value.copy(scale);
      const { scaleMeters, rotationRadians } = change.texture;
      projection.projectionTurn.value.set(
        1 / scaleMeters,
        Math.cos(rotationRadians),
        Math.sin(rotationRadians),
      );
    }
    return loan.material;
  }

  #createLoan(source: LitMaterial, key: string, features: ProjectionFeatures | null): Loan {
    const material = source.clone();
    const projection = features && createProjectionUniforms(this.#blank);
    if (features) {
      material.map = null;
      if (features.normal) material.normalMap = null;
    }
    this.#patch(material, projection && features && { uniforms: projection, features });
    return { key, material, projection };
  }

  #patch(material: LitMaterial, projection: Parameters<typeof patchSurfaceShader>[2]): void {
    const { shared } = this;
    material.onBeforeCompile = (shader) => patchSurfaceShader(shader, shared, projection);
    const key = `surface:${JSON.stringify(projection?.features ?? null)}`;
    material.customProgramCacheKey = () => key;
    material.needsUpdate = true;
  }
}

async function loadImages(
  assets: AssetLoader,
  source: Extract<PlanTexture, { kind: 'images' }>,
): Promise<ProjectedImages> {
  const data = (key: string | undefined): Promise<Texture | null> =>
    key === undefined ? Promise.resolve(null) : assets.loadImage(key, 'data');
  const [color, normal, roughness, metalness] = await Promise.all([
    assets.loadImage(source.color, 'color'),
    data(source.normal),
    data(source.roughness),
    data(source.metalness),
  ]);
  return { color, normal, roughness, metalness };
}

const featuresOf = (images: ProjectedImages): ProjectionFeatures => ({
  normal: images.normal !== null,
  roughness: images.roughness !== null,
  metalness: images.metalness !== null,
});

function createProjectionUniforms(blank: Texture): ProjectionUniforms {
  return {
    projectedColor: { value: blank },
    projectedNormal: { value: blank },
    projectedRoughness: { value: blank },
    projectedMetalness: { value: blank },
    objectScale: { value: new Vector3(1, 1, 1) },
    projectionTurn: { value: new Vector3(1, 1, 0) },
  };
}

function applyChange(material: LitMaterial, source: LitMaterial, change: PlanMaterial): void {
  material.color.copy(source.color);
  // A texture replaces the base colour whole, the factor included; a colour then tints it. The grey of
  // a bare shape is no base colour: it gives way to the first colour that is stated.
  const bare = source.userData[BARE] === true && change.color !== undefined;
  if (change.texture || bare) material.color.setRGB(1, 1, 1);
  if (change.color) {
    const [r, g, b] = change.color;
    material.color.r *= r;
    material.color.g *= g;
    material.color.b *= b;
  }
  if (change.roughness === undefined && change.metalness === undefined) return;
  if (!(material instanceof MeshStandardMaterial)) {
    throw new RenderError(
      'unsupported',
      `material "${source.name}" has no roughness or metalness to change`,
    );
  }
  if (change.roughness !== undefined) {
    material.roughness = change.roughness;
    material.roughnessMap = null;
  }
  if (change.metalness !== undefined) {
    material.metalness = change.metalness;
    material.metalnessMap = null;
  }
}

/** Images of roughness and metalness replace the source's values; what is stated beside them is a factor (glTF §3.9.2). */
function applyFactors(
  material: LitMaterial,
  change: PlanMaterial,
  features: ProjectionFeatures,
): void {
  if (!(material instanceof MeshStandardMaterial)) return;
  if (features.roughness) material.roughness = change.roughness ?? 1;
  if (features.metalness) material.metalness = change.metalness ?? 1;
}

function isLit(material: Material): material is LitMaterial {
  return (
    material instanceof MeshStandardMaterial ||
    material instanceof MeshLambertMaterial ||
    material instanceof MeshPhongMaterial
  );
}
