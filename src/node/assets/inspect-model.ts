import {
  type Animation,
  type Document,
  ImageUtils,
  type Node,
  type Scene,
} from '@gltf-transform/core';
import type { ModelAsset } from '#shared/core/asset-catalogue';
import { convexHull, simplifyHull } from '#shared/core/convex-hull';
import { AssetError } from '#shared/core/errors';
import type { Bounds, Vec2 } from '#shared/core/geometry';
import { IDENTITY, rowMajorFromColumnMajor } from '#shared/core/matrix';
import { MAX_FOOTPRINT_POINTS, MAX_TRIANGLES } from './asset-limits.ts';
import { trianglesOf } from './check-gltf.ts';
import { describeNodes } from './describe-nodes.ts';
import { openGltf, type OpenedGltf } from './gltf-document.ts';
import { instanceCount, type PointVisitor, visitMeshVertices } from './model-vertices.ts';

/** A texture inside a model. */
export type TextureFacts = Readonly<{
  name: string;
  mimeType: string;
  bytes: number;
  size: readonly [number, number];
}>;

/** What is in a model's file; depends on its bytes alone. */
export type ModelFacts = Pick<
  ModelAsset,
  | 'bounds'
  | 'triangles'
  | 'footprint'
  | 'nodes'
  | 'materialNames'
  | 'hasUvs'
  | 'animations'
  | 'extensions'
  | 'warnings'
> &
  Readonly<{
    vertices: number;
    textures: readonly TextureFacts[];
    /** As the file itself says, in extras and asset metadata. */
    category?: string | undefined;
    license?: string | undefined;
    author?: string | undefined;
  }>;

/** Opens and measures a model. `rootDir`: what it refers to must lie inside. Throws AssetError. */
export async function inspectModelFile(file: string, rootDir: string): Promise<ModelFacts> {
  return measureModel(await openGltf(file, rootDir));
}

/** The scene that a viewer shows first: the default one, else the first. Throws AssetError where there is none. */
export function defaultScene(document: Document): Scene {
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  if (!scene) throw new AssetError('it has no scene. Export it with one.');
  return scene;
}

/** What configs call an animation. */
export function clipName(animation: Animation, index: number): string {
  return animation.getName() || `animation-${index}`;
}

/** Nodes of a scene, depth first, in the order of `children`. */
export function sceneNodes(scene: Scene): readonly Node[] {
  const nodes: Node[] = [];
  scene.traverse((node) => nodes.push(node));
  return nodes;
}

/**
 * Measures the default scene of a decoded glTF in the asset's own frame (metres, Y up, as glTF has it).
 *
 * @throws AssetError where it has no geometry, too much of it, or coordinates that are not finite.
 */
export function measureModel({ source, document, warnings }: OpenedGltf): ModelFacts {
  const scene = defaultScene(document);
  const nodes = sceneNodes(scene);
  const extent = createExtent();
  for (const node of nodes) visitNodeInScene(node, extent.add);
  const bounds = extent.bounds();
  if (!bounds) throw new AssetError('it has no geometry.');
  if (![...bounds.min, ...bounds.max].every(Number.isFinite)) {
    throw new AssetError(
      `its bounds are not finite: ${JSON.stringify(bounds)} (null: NaN or infinite). Export it again.`,
    );
  }
  const triangles = countTriangles(nodes);
  if (triangles > MAX_TRIANGLES) {
    throw new AssetError(
      `it draws ${triangles} triangles; at most ${MAX_TRIANGLES} are allowed. Simplify it.`,
    );
  }
  const root = document.getRoot();
  const described = describeNodes(nodes);
  return {
    bounds,
    triangles,
    vertices: extent.count(),
    footprint: simplifyHull(extent.hull(), MAX_FOOTPRINT_POINTS),
    nodes: described.nodes,
    materialNames: root.listMaterials().map((material) => material.getName()),
    hasUvs: trianglePrimitives(nodes).every(
      (primitive) => primitive.getAttribute('TEXCOORD_0') !== null,
    ),
    animations: root.listAnimations().map(clipName),
    extensions: [...(source.json.extensionsUsed ?? [])].sort(),
    textures: describeTextures(document),
    warnings: [...warnings, ...geometryWarnings(nodes), ...described.warnings],
    ...statedFacts(scene, document),
  };
}

function visitNodeInScene(node: Node, visit: PointVisitor): void {
  visitMeshVertices(
    node,
    {
      targetFromNode: rowMajorFromColumnMajor(node.getWorldMatrix()),
      targetFromScene: () => IDENTITY,
    },
    visit,
  );
}

const primitivesOf = (nodes: readonly Node[]) =>
  nodes.flatMap((node) => node.getMesh()?.listPrimitives() ?? []);
const trianglePrimitives = (nodes: readonly Node[]) =>
  primitivesOf(nodes).filter((p) => p.getMode() >= 4);

function countTriangles(nodes: readonly Node[]): number {
  return nodes.reduce((total, node) => {
    const once = primitivesOf([node]).reduce((sum, primitive) => {
      const counted = primitive.getIndices() ?? primitive.getAttribute('POSITION');
      return sum + trianglesOf(primitive.getMode(), counted?.getCount() ?? 0);
    }, 0);
    return total + (once === 0 ? 0 : once * instanceCount(node));
  }, 0);
}

function geometryWarnings(nodes: readonly Node[]): string[] {
  const warnings: string[] = [];
  if (primitivesOf(nodes).some((primitive) => primitive.getMode() < 4)) {
    warnings.push('has points or lines, which carry no labels');
  }
  if (nodes.some((node) => node.getExtension('KHR_lights_punctual')))
    warnings.push('has lights, which are ignored');
  return warnings;
}

function describeTextures(document: Document): TextureFacts[] {
  return document
    .getRoot()
    .listTextures()
    .map((texture) => {
      const image = texture.getImage();
      const mimeType = texture.getMimeType();
      const [width = 0, height = 0] = (image && ImageUtils.getSize(image, mimeType)) ?? [];
      return {
        name: texture.getName() || texture.getURI(),
        mimeType,
        bytes: image?.byteLength ?? 0,
        size: [width, height],
      };
    });
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Category from the extras of the scene or of its only categorised root; licence and author from `asset.extras`. */
function statedFacts(
  scene: Scene,
  document: Document,
): Pick<ModelFacts, 'category' | 'license' | 'author'> {
  const categories = new Set(
    scene.listChildren().flatMap((node) => textOf(node.getExtras()['category']) ?? []),
  );
  const fromRoots = categories.size === 1 ? [...categories][0] : undefined;
  const asset = document.getRoot().getAsset() as { extras?: Record<string, unknown> };
  return {
    category: textOf(scene.getExtras()['category']) ?? fromRoots,
    license: textOf(asset.extras?.['license']),
    author: textOf(asset.extras?.['author']),
  };
}

/** How many projected points wait before they are reduced to their hull. */
const HULL_BATCH = 1 << 15;

/** Gathers points: box, count, and the hull of their ground plan in memory that does not grow with them. */
export function createExtent(): Readonly<{
  add: PointVisitor;
  count: () => number;
  bounds: () => Bounds | null;
  hull: () => Vec2[];
}> {
  let count = 0;
  let min: [number, number, number] = [Infinity, Infinity, Infinity];
  let max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  let waiting: Vec2[] = [];
  return {
    add: (x, y, z) => {
      count++;
      // Math.min and Math.max carry NaN along, so that a damaged vertex shows in the bounds.
      min = [Math.min(min[0], x), Math.min(min[1], y), Math.min(min[2], z)];
      max = [Math.max(max[0], x), Math.max(max[1], y), Math.max(max[2], z)];
      waiting.push([x, z]);
      if (waiting.length >= HULL_BATCH) waiting = convexHull(waiting);
    },
    count: () => count,
    bounds: () => (count === 0 ? null : { min, max }),
    hull: () => convexHull(waiting),
  };
}
