import {
  Color,
  Euler,
  LOD,
  Mesh,
  Object3D,
  Scene,
  Vector3,
  type Camera,
  type Line,
  type Material,
  type Points,
  type SkinnedMesh,
  type Sprite,
  type Texture,
  type WebGLRenderer,
} from 'three';
import { clone } from 'three/examples/jsm/utils/SkeletonUtils.js';
import { RenderError } from '#shared/core/errors';
import type { ShapeSpec } from '#shared/config/scene-schema';
import type { Pose } from '#shared/core/rig';
import type {
  FramePlan,
  PlanBackground,
  PlanMaterial,
  PlanNode,
  PlanStage,
} from '#shared/plan/frame-plan';
import type { AssetLoader, AssetSources } from '../assets/asset-loader.ts';
import type { AssetShelf } from '../assets/asset-store.ts';
import { keptObjects } from '../assets/kept-objects.ts';
import { createCatcherMaterial } from '../materials/catcher-material.ts';
import { MaterialPool, type LoadedImages } from '../materials/material-pool.ts';
import { sourcesOf } from '../materials/source-materials.ts';
import { layerFrameOf, type LayerFrame } from '../materials/surface-layers.ts';
import { BACKDROP_ORDER } from './backdrop.ts';
import { Environments } from './environments.ts';
import { LightRig } from './light-rig.ts';
import { markParts, partAbove } from './model-nodes.ts';
import { ModelPoses } from './model-poses.ts';
import { Photos } from './photos.ts';
import { PictureBackdrop } from './picture-backdrop.ts';
import { matrixEntries } from './pinhole-camera.ts';
import type { RenderItem } from './render-item.ts';
import { type MovedNode, moveOverShutter, placeAt } from './move-over-shutter.ts';
import { createShapeMesh } from './shape-mesh.ts';
import { SkyBackdrop } from './sky-backdrop.ts';
import { Weather } from '../weather/weather.ts';
import { loadStage, type Stage } from './stage.ts';

/** What a node of a plan became, and which of its objects begin parts. */
type BuiltNode = MovedNode & Readonly<{ parts: ReadonlyMap<Object3D, number> }>;

/** A change of materials with all that it needs, for the meshes of one object. */
type Dressing = Readonly<{
  material: PlanMaterial;
  images: LoadedImages;
  frame: LayerFrame | null;
}>;

/** A frame's scene graph and its labelled meshes. */
export type BuiltScene = Readonly<{
  scene: Scene;
  items: readonly RenderItem[];
  /** Shadow catchers, which are no items. */
  catchers: readonly Mesh[];
  lights: LightRig;
  /** Brings everything to where it is in a sub-frame of the plan's shutter, counted from 0. */
  moveTo: (subframe: number) => void;
}>;

/**
 * Turns plans into three.js scenes. Geometries, textures, materials and copies of models are kept in the store
 * and used again; what a frame changes is put back before the next, so that frames cannot touch each other.
 */
export class SceneBuilder {
  readonly materials: MaterialPool;
  readonly #assets: AssetLoader;
  readonly #environments: Environments;
  readonly #lights = new LightRig();
  readonly #skyBackdrop = new SkyBackdrop();
  readonly #pictureBackdrop = new PictureBackdrop();
  readonly #photos: Photos;
  readonly #catcher: Material;
  readonly #weather = new Weather();
  readonly #poses = new ModelPoses();
  /** By shape: its geometry, and the material that it has where nothing changes it. */
  readonly #shapes: AssetShelf<Mesh>;
  readonly #stages: AssetShelf<Stage>;
  #opaqueFrom = 0.5;

  constructor(renderer: WebGLRenderer, sources: AssetSources) {
    this.#assets = sources.assets;
    this.#shapes = sources.store.createShelf('made');
    this.#stages = sources.store.createShelf('loaded');
    this.materials = new MaterialPool(renderer, sources);
    this.#environments = new Environments(renderer, sources);
    this.#photos = new Photos(sources, renderer.capabilities.maxTextureSize);
    this.#catcher = createCatcherMaterial(this.materials.shared);
  }

  /** Loads what the plan names and builds its scene, as the camera sees it; the scene is valid until the next call. */
  async build(plan: FramePlan, camera: Camera): Promise<BuiltScene> {
    this.materials.reclaim();
    this.#opaqueFrom = plan.labels.opaqueFrom;
    this.materials.setGround(plan.weather?.ground);
    this.materials.setPatternPixels(plan.render.patternPixels);
    const scene = new Scene();
    const items: RenderItem[] = [];
    const catchers: Mesh[] = [];
    const used = new Map<string, number>();
    const built: BuiltNode[] = [];
    const stage = plan.stage && (await this.#stageOf(plan.stage));
    if (plan.stage && stage) {
      items.push(...(await this.#addStage(scene, plan.stage, { stage, camera })));
    }
    for (const node of plan.nodes) {
      const made = await this.#objectOf(node, used);
      const { object, parts } = made;
      built.push(made);
      object.matrixAutoUpdate = false;
      object.matrix.set(...matrixEntries(node.worldFromNode));
      scene.add(object);
      object.updateMatrixWorld(true);
      if (node.shadowCatcher) {
        catchers.push(this.#makeCatcher(object, node.name));
        continue;
      }
      chooseLevels(object, camera);
      items.push(...(await this.#dressAll(object, node, parts)).filter(isSeenBy(camera)));
    }
    if (items.length === 0) {
      throw new RenderError(
        'unsupported',
        'the scene is empty: no visible node has geometry. Add nodes or objects.',
      );
    }
    const map = await this.#setEnvironment(scene, plan);
    this.#weather.apply(scene, plan, map);
    this.#lights.apply(plan, scene);
    const moveTo = (subframe: number): void =>
      moveOverShutter(plan.shutter, { scene, built, stage }, subframe);
    return { scene, items, catchers, lights: this.#lights, moveTo };
  }

  /** Takes back what was lent to the last scene, which is no longer valid. */
  release(): void {
    this.materials.reclaim();
  }

  #makeCatcher(object: Object3D, name: string): Mesh {
    if (!isMesh(object))
      throw new RenderError('unsupported', `"${name}": only a shape can catch shadows`);
    object.material = this.#catcher;
    object.castShadow = false;
    object.receiveShadow = true;
    // After the background, before everything else.
    object.renderOrder = BACKDROP_ORDER + 1e3;
    return object;
  }

  async #objectOf(node: PlanNode, used: Map<string, number>): Promise<BuiltNode> {
    if (node.kind === 'shape') {
      const shape = (await this.#shapeOf(node.shape)).clone();
      return { object: shape, parts: new Map(), pose: null };
    }
    const { gltf, copies } = await this.#assets.loadModel(node.resource);
    const index = used.get(node.resource) ?? 0;
    used.set(node.resource, index + 1);
    const object = copies[index] ?? clone(gltf.scene);
    if (copies[index] === undefined) copies.push(object);
    this.#poses.set(gltf, object, node);
    const holder = new Object3D();
    holder.add(object);
    const pose = (other: Pose): void => this.#poses.set(gltf, object, { ...node, pose: other });
    return { object: holder, parts: markParts(gltf, object, node), pose };
  }

  #shapeOf(shape: ShapeSpec): Promise<Mesh> {
    return this.#shapes.load(JSON.stringify(shape), () => {
      const mesh = createShapeMesh(shape);
      return keptObjects(mesh, () => [mesh]);
    });
  }

  #stageOf(plan: PlanStage): Promise<Stage> {
    return this.#stages.load(plan.resource, async () => {
      const stage = await loadStage(this.#assets, plan);
      return keptObjects(stage, () => [stage.root]);
    });
  }

  async #dressAll(
    root: Object3D,
    node: Pick<
      PlanNode,
      'instanceId' | 'material' | 'castShadow' | 'receiveShadow' | 'name' | 'policies'
    >,
    parts: BuiltNode['parts'],
  ): Promise<RenderItem[]> {
    const dressing = node.material ? await this.#dressingOf(node.material, root) : null;
    const items: RenderItem[] = [];
    root.traverseVisible((object) => {
      requireDrawable(object, node.name);
      if (!isMesh(object)) return;
      if (object.name === '') object.name = node.name;
      this.#dress(object, dressing);
      object.castShadow = node.castShadow;
      object.receiveShadow = node.receiveShadow;
      const { instanceId, policies } = node;
      const partId = instanceId && partAbove(object, parts);
      items.push({ mesh: object, instanceId, partId, policies });
    });
    return items;
  }

  /** What it takes to dress the meshes below an object, whose matrices are up to date. */
  async #dressingOf(material: PlanMaterial, root: Object3D): Promise<Dressing> {
    const images = await this.materials.load(material);
    return { material, images, frame: material.layers ? layerFrameOf(root) : null };
  }

  #dress(mesh: Mesh, dressing: Dressing | null): void {
    // three.js keeps the bounds that a skinned mesh had in the first frame, and would leave it out by them.
    if ((mesh as Partial<SkinnedMesh>).isSkinnedMesh) mesh.frustumCulled = false;
    const scale = new Vector3().setFromMatrixScale(mesh.matrixWorld);
    this.materials.dress(
      mesh,
      sourcesOf(mesh),
      dressing === null ? null : { ...dressing, scale, opaqueFrom: this.#opaqueFrom },
    );
  }

  async #addStage(
    scene: Scene,
    plan: PlanStage,
    { stage, camera }: Readonly<{ stage: Stage; camera: Camera }>,
  ): Promise<RenderItem[]> {
    stage.reset();
    scene.add(stage.root);
    const items: RenderItem[] = [];
    for (const { index, worldFromNode } of plan.members) {
      if (worldFromNode) placeAt(stage.memberAt(index), worldFromNode);
    }
    stage.root.updateMatrixWorld(true);
    chooseLevels(stage.root, camera);
    // Last, as a level that is chosen may be one that the frame hides.
    for (const { index, visible } of plan.members) {
      const object = stage.memberAt(index);
      object.visible = object.visible && visible;
    }
    const byObject = new Map(plan.members.map((member) => [stage.memberAt(member.index), member]));
    const dressings = new Map<number, Dressing>();
    for (const { index, material } of plan.members) {
      if (material) dressings.set(index, await this.#dressingOf(material, stage.memberAt(index)));
    }
    stage.root.traverseVisible((object) => {
      requireDrawable(object, object.name);
      if (!isMesh(object)) return;
      const chain = ancestorsOf(object).flatMap((ancestor) => byObject.get(ancestor) ?? []);
      const dressed = chain.find((member) => member.material);
      this.#dress(object, (dressed && dressings.get(dressed.index)) ?? null);
      // The nearest member has the say: a loader's own objects lie below theirs.
      object.castShadow = chain[0]?.castShadow ?? true;
      object.receiveShadow = chain[0]?.receiveShadow ?? true;
      const owner = chain.findIndex(({ instanceId, copyIds }) => instanceId > 0 || copyIds);
      const owned = chain.slice(0, owner + 1);
      const { instanceId = 0, copyIds } = chain[owner] ?? {};
      items.push({
        mesh: object,
        instanceId,
        partId: owned.find(({ partId }) => partId !== undefined)?.partId ?? 0,
        copyIds,
        policies: chain[0]?.policies,
      });
    });
    return items.filter(isSeenBy(camera));
  }

  /** Sets light and background; the map that they come from. */
  async #setEnvironment(scene: Scene, { environment }: FramePlan): Promise<Texture> {
    const { map, radiance } = await this.#environments.load(environment);
    const turn = new Euler(0, environment.rotationRadians, 0);
    scene.environment = radiance;
    // A sky's radiances have its strength in them, as its sun has.
    scene.environmentIntensity = environment.sky ? 1 : environment.strength;
    scene.environmentRotation.copy(turn);
    if (environment.background.kind === 'color') {
      scene.background = new Color().setRGB(...environment.background.color);
      return map;
    }
    if (environment.background.kind !== 'environment') {
      scene.add(await this.#pictureOf(environment.background));
      return map;
    }
    if (environment.sky) {
      this.#skyBackdrop.setSky(environment.sky);
      scene.add(this.#skyBackdrop);
      return map;
    }
    scene.background = map;
    scene.backgroundRotation.copy(turn);
    scene.backgroundBlurriness = environment.background.blur;
    scene.backgroundIntensity = environment.strength;
    return map;
  }

  async #pictureOf(
    background: Extract<PlanBackground, { kind: 'pattern' | 'photo' }>,
  ): Promise<PictureBackdrop> {
    const backdrop = this.#pictureBackdrop;
    if (background.kind === 'photo') {
      const { resource, size, by, photoFrom: from, strength } = background;
      backdrop.setPicture(await this.#photos.load(resource, size), { ...size, by, from, strength });
      return backdrop;
    }
    const picture = await this.materials.patternOf(background.pattern);
    const { width, height } = picture.image as Readonly<{ width: number; height: number }>;
    const view = { width, height, by: 'image', from: background.tileFrom, strength: 1 } as const;
    backdrop.setPicture(picture, view);
    return backdrop;
  }
}

/**
 * Shows the levels of detail that suit the camera. The renderer would do so while it draws colour, after
 * labels have been drawn with the levels of the frame before.
 */
function chooseLevels(root: Object3D, camera: Camera): void {
  root.traverse((object) => {
    if (!(object instanceof LOD)) return;
    object.autoUpdate = false;
    object.update(camera);
  });
}

/** Colour leaves out an object of which no layer is the camera's, but not what hangs from it. */
function isSeenBy({ layers }: Camera): (item: RenderItem) => boolean {
  return ({ mesh }) => mesh.layers.test(layers);
}

/** three.js types what `instanceof Mesh` leaves as `any`. */
function isMesh(object: Object3D): object is Mesh {
  return object instanceof Mesh;
}

/** An object and what it hangs from, itself first. */
function ancestorsOf(object: Object3D): readonly Object3D[] {
  const chain: Object3D[] = [];
  for (let at: Object3D | null = object; at; at = at.parent) chain.push(at);
  return chain;
}

function requireDrawable(object: Object3D, name: string): void {
  const kind = (object as Partial<Line & Points & Sprite>).isLine
    ? 'lines'
    : (object as Partial<Points>).isPoints
      ? 'points'
      : (object as Partial<Sprite>).isSprite
        ? 'a sprite'
        : null;
  if (kind === null) return;
  throw new RenderError(
    'unsupported',
    `"${name}" holds ${kind}, which labels cannot match exactly. Remove it from the asset or scene.`,
  );
}
