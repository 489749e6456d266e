import {
  MeshLambertMaterial,
  MeshPhongMaterial,
  MeshStandardMaterial,
  Texture,
  Vector3,
  type Material,
  type Mesh,
  type WebGLRenderer,
} from 'three';
import { RenderError } from '#shared/core/errors';
import type { PlanLayer, PlanMaterial, PlanPattern, PlanTexture } from '#shared/plan/frame-plan';
import type { PlanGround } from '#shared/plan/weather-plan';
import type { AssetLoader, AssetSources } from '../assets/asset-loader.ts';
import { applySurface, cloneFor, isFaded, type LitMaterial } from './apply-surface.ts';
import { createGroundUniforms, setGround } from './ground-shader.ts';
import { createProgramKeeper } from './keep-programs.ts';
import { PatternTextures } from './pattern-textures.ts';
import { PrintTextures } from './print-textures.ts';
import {
  createLayerUniforms,
  setLayerUniforms,
  type LayerFrame,
  type LayerUniforms,
} from './surface-layers.ts';
import {
  patchSurfaceShader,
  type ProjectionFeatures,
  type ProjectionUniforms,
  type SharedUniforms,
  type SurfaceFeatures,
  type SurfaceParts,
} from './surface-shader.ts';

/** Begins the keys of the programs of surfaces. */
const SURFACE = 'surface:';

/** Marks, in `userData`, a material whose colour only stands for "none stated". */
export const BARE = 'bare';

/** A material that is lent to one mesh for one frame. */
type Loan = Readonly<{
  source: LitMaterial;
  key: string;
  material: LitMaterial;
  own: Readonly<{ uniforms: ProjectionUniforms; layerUniforms: LayerUniforms }> | null;
}>;

/** The images that a change of materials needs, loaded: of its texture, and one for each layer. */
export type LoadedImages = Readonly<{
  texture: ProjectedImages | null;
  layers: readonly (Texture | null)[];
}>;

/** What is done to a mesh's materials; `scale`: metres per unit of the mesh's axes. */
type Dress = Readonly<{
  material: PlanMaterial;
  images: LoadedImages;
  scale: Vector3;
  /** The object's own frame; null where nothing lies over its surface. */
  frame: LayerFrame | null;
  /** Opacity from which labels have a blended surface. */
  opaqueFrom: number;
}>;

/** The images of a projection, loaded. */
type ProjectedImages = Readonly<{
  color: Texture;
  normal: Texture | null;
  roughness: Texture | null;
  metalness: Texture | null;
  occlusion: Texture | null;
  /** Loaded where something lies over the surface, which alone asks for it. */
  height: Texture | null;
}>;

/** A source's loans that are not lent, by key. */
type IdleLoans = Map<string, Loan[]>;

/**
 * Dresses meshes for a frame. Materials that a plan changes are clones from a pool, handed back after
 * the frame, and disposed of with their source; their shader programs outlive them.
 */
export class MaterialPool {
  readonly shared: SharedUniforms = {
    ...createGroundUniforms(),
    occlusionMap: { value: null },
  };
  readonly #assets: AssetLoader;
  readonly #patterns: PatternTextures;
  readonly #prints: PrintTextures;
  readonly #prepared = new WeakSet<Material>();
  readonly #idle = new WeakMap<Material, IdleLoans>();
  readonly #lent: Loan[] = [];
  readonly #blank = new Texture();
  /** Materials whose programs are those of weather. */
  readonly #weathered = new WeakSet<Material>();
  #weather = false;
  readonly #keepPrograms: () => void;

  constructor(renderer: WebGLRenderer, { assets, store }: AssetSources) {
    this.#assets = assets;
    this.#patterns = new PatternTextures(renderer, store);
    this.#prints = new PrintTextures(store);
    this.#keepPrograms = createProgramKeeper(renderer, SURFACE);
  }

  /** Side of the images of procedural textures of a frame; call before {@link load} and {@link patternOf}. */
  setPatternPixels(pixels: number | undefined): void {
    this.#patterns.setSide(pixels);
  }

  /** Takes what weather leaves on the surfaces of a frame; call before {@link dress}. */
  setGround(ground: PlanGround | undefined): void {
    this.#weather = ground !== undefined;
    if (ground) setGround(this.shared, ground);
  }

  /** Loads what a change needs; call before {@link dress}, which does not wait. */
  async load({ texture, layers = [] }: PlanMaterial): Promise<LoadedImages> {
    return {
      texture:
        texture === undefined ? null : await this.#loadTexture(texture.source, layers.length > 0),
      layers: await Promise.all(layers.map((layer) => this.#loadLayer(layer))),
    };
  }

  async #loadTexture(source: PlanTexture, layered: boolean): Promise<ProjectedImages> {
    if (source.kind === 'images') return loadImages(this.#assets, source, layered);
    const none = { normal: null, roughness: null, metalness: null, occlusion: null, height: null };
    if (source.kind === 'label') return { ...none, color: await this.#prints.textureOf(source) };
    return { ...none, ...(await this.#patterns.mapsOf(source)) };
  }

  async #loadLayer(layer: PlanLayer): Promise<Texture | null> {
    if (layer.kind === 'scratches') return this.patternOf(layer.source);
    if (layer.kind !== 'decal') return null;
    const { source } = layer;
    if (source.kind === 'label') return this.#prints.textureOf(source);
    return this.#assets.loadImage(source.color, 'color');
  }

  /** The colours of a pattern, with mip levels, repeated; valid for the frame. */
  async patternOf(pattern: PlanPattern): Promise<Texture> {
    return (await this.#patterns.mapsOf(pattern)).color;
  }

  /** Gives a mesh its source materials, changed as asked. */
  dress(mesh: Mesh, sources: Material | Material[], change: Dress | null): void {
    const each = (source: Material): Material => {
      if (!isLit(source)) return source;
      return this.#expose(
        change === null ? this.#prepare(source) : this.#lend(source, mesh, change),
      );
    };
    mesh.material = Array.isArray(sources) ? sources.map(each) : each(sources);
  }

  /** Takes every lent material back; call when the frame is done. */
  reclaim(): void {
    this.#keepPrograms();
    for (const loan of this.#lent.splice(0)) {
      const idle = this.#idleOf(loan.source);
      idle.set(loan.key, [...(idle.get(loan.key) ?? []), loan]);
    }
  }

  /** A source's loans that are not lent, which go with it. */
  #idleOf(source: Material): IdleLoans {
    const known = this.#idle.get(source);
    if (known) return known;
    const idle: IdleLoans = new Map();
    this.#idle.set(source, idle);
    source.addEventListener('dispose', () => {
      for (const { material } of [...idle.values()].flat()) material.dispose();
      this.#idle.delete(source);
    });
    return idle;
  }

  /** Each material has a program for dry weather and one for the rest; three keeps both. */
  #expose(material: LitMaterial): LitMaterial {
    if (this.#weathered.has(material) === this.#weather) return material;
    if (this.#weather) this.#weathered.add(material);
    else this.#weathered.delete(material);
    material.needsUpdate = true;
    return material;
  }

  #prepare(material: LitMaterial): LitMaterial {
    if (this.#prepared.has(material)) return material;
    this.#prepared.add(material);
    this.#patch(material, null);
    return material;
  }

  #lend(source: LitMaterial, { matrixWorld }: Mesh, dress: Dress): LitMaterial {
    const { material: change, images, scale, opaqueFrom } = dress;
    const { surface } = change;
    const features = featuresOf(change, images);
    const key = loanKey(source, change, features);
    const loan =
      this.#idleOf(source).get(key)?.pop() ?? this.#createLoan(source, change, { key, features });
    this.#lent.push(loan);
    applyChange(loan.material, source, change);
    if (features?.projection) applyFactors(loan.material, change, features.projection);
    if (surface) applySurface(loan.material, source, { surface, opaqueFrom, scale });
    if (loan.own) setUniforms(loan.own.uniforms, dress, this.#blank);
    const { frame } = dress;
    if (loan.own && frame && change.layers) {
      const placed = { layers: change.layers, images: images.layers, frame };
      setLayerUniforms(loan.own.layerUniforms, { ...placed, worldFromMesh: matrixWorld });
    }
    return loan.material;
  }

  #createLoan(
    source: LitMaterial,
    { surface, layers = [] }: PlanMaterial,
    { key, features }: Readonly<{ key: string; features: SurfaceFeatures | null }>,
  ): Loan {
    const material = cloneFor(source, surface);
    // Its program depends on it.
    material.transparent = isFaded(source, surface?.opacity);
    if (features?.projection) material.map = null;
    if (features?.projection?.normal) material.normalMap = null;
    const own = features && {
      uniforms: createProjectionUniforms(this.#blank),
      layerUniforms: layers.length > 0 ? createLayerUniforms(layers) : {},
      features,
    };
    this.#patch(material, own);
    return { source, key, material, own };
  }

  #patch(material: LitMaterial, own: SurfaceParts['own']): void {
    const { shared } = this;
    const isWeathered = (): boolean => this.#weathered.has(material);
    material.onBeforeCompile = (shader) =>
      patchSurfaceShader(shader, { shared, own, weathered: isWeathered() });
    const key = `${SURFACE}${JSON.stringify(own?.features ?? null)}`;
    material.customProgramCacheKey = () => (isWeathered() ? `${key}:weathered` : key);
    material.needsUpdate = true;
  }
}

async function loadImages(
  assets: AssetLoader,
  source: Extract<PlanTexture, { kind: 'images' }>,
  layered: boolean,
): Promise<ProjectedImages> {
  const data = (key: string | undefined): Promise<Texture | null> =>
    key === undefined ? Promise.resolve(null) : assets.loadImage(key, 'data');
  const [color, normal, roughness, metalness, occlusion, height] = await Promise.all([
    assets.loadImage(source.color, 'color'),
    data(source.normal),
    data(source.roughness),
    data(source.metalness),
    data(source.occlusion),
    data(layered ? source.height : undefined),
  ]);
  return { color, normal, roughness, metalness, occlusion, height };
}

/** What Diorama does to a surface in its shader; null: nothing of a surface's own. */
function featuresOf(
  { surface, texture, layers = [] }: PlanMaterial,
  { texture: images }: LoadedImages,
): SurfaceFeatures | null {
  const projection = images && {
    normal: images.normal !== null,
    roughness: images.roughness !== null,
    metalness: images.metalness !== null,
    occlusion: images.occlusion !== null,
    height: images.height !== null,
    sharpness: texture?.sharpness !== undefined,
  };
  const brushed = surface?.anisotropy !== undefined && surface.anisotropy > 0;
  if (projection === null && !brushed && layers.length === 0) return null;
  return {
    projection,
    normalStrength: projection?.normal === true && surface?.normalStrength !== undefined,
    heights: texture !== undefined && !['images', 'label'].includes(texture.source.kind),
    layers: layers.map(({ kind }) => kind),
    brushed,
  };
}

/** Loans of one source and key are changed in the same respects, so that each change takes the place of the last. */
function loanKey(
  source: LitMaterial,
  change: PlanMaterial,
  features: SurfaceFeatures | null,
): string {
  return JSON.stringify([
    features,
    change.roughness !== undefined,
    change.metalness !== undefined,
    Object.keys(change.surface ?? {}).sort(),
    isFaded(source, change.surface?.opacity),
  ]);
}

function setUniforms(
  uniforms: ProjectionUniforms,
  { material: { texture, surface }, images: { texture: images }, scale }: Dress,
  blank: Texture,
): void {
  uniforms.objectScale.value.copy(scale);
  uniforms.normalStrength.value = surface?.normalStrength ?? 1;
  if (!images || !texture) return;
  uniforms.projectedColor.value = images.color;
  uniforms.projectedNormal.value = images.normal ?? blank;
  uniforms.projectedRoughness.value = images.roughness ?? blank;
  uniforms.projectedMetalness.value = images.metalness ?? blank;
  uniforms.projectedOcclusion.value = images.occlusion ?? blank;
  uniforms.projectedHeights.value = images.height ?? blank;
  const { scaleMeters, rotationRadians, sharpness = 8 } = texture;
  uniforms.projectionSharpness.value = sharpness;
  uniforms.projectionTurn.value.set(
    1 / scaleMeters,
    Math.cos(rotationRadians),
    Math.sin(rotationRadians),
  );
}

function createProjectionUniforms(blank: Texture): ProjectionUniforms {
  return {
    projectedColor: { value: blank },
    projectedNormal: { value: blank },
    projectedRoughness: { value: blank },
    projectedMetalness: { value: blank },
    projectedOcclusion: { value: blank },
    projectedHeights: { value: blank },
    projectionSharpness: { value: 8 },
    objectScale: { value: new Vector3(1, 1, 1) },
    projectionTurn: { value: new Vector3(1, 1, 0) },
    normalStrength: { value: 1 },
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
