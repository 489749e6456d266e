import { originAt } from '#shared/config/located-value';
import { parseDocument } from '#shared/config/parse-document';
import type { DescribedNode } from '#shared/config/scene-description';
import type { SceneFile } from '#shared/config/scene-schema';
import { suggestFrom } from '#shared/config/suggest';
import type { AssetCatalogue } from '#shared/core/asset-catalogue';
import { ConfigError, type ConfigIssue } from '#shared/core/errors';
import type { Bounds, Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { compose } from '#shared/core/matrix';
import { cos, DEGREE, sin } from '#shared/core/portable-math';
import { shapeBounds } from './shape-bounds.ts';

type SceneNode = SceneFile['nodes'][number];

/** A scene file's text and its name in messages; positions are looked up in it when something is wrong. */
export type SceneText = Readonly<{ text: string; source: string }>;

/**
 * The nodes of a YAML scene in the world, with bounds in their own frames.
 *
 * @throws ConfigError with every model that the catalogue does not have, at its line and column.
 */
export function describeYamlNodes(
  scene: SceneFile,
  catalogue: AssetCatalogue,
  text: SceneText,
): readonly DescribedNode[] {
  const models = new Map(catalogue.models.map((model) => [model.id, model]));
  const issues: ConfigIssue[] = [];
  const nodes = scene.nodes.map((node, index): DescribedNode => {
    const common = { ...commonFields(node), worldFromNode: nodeMatrix(node) };
    if (node.shape) {
      return {
        ...common,
        content: { kind: 'shape', shape: node.shape },
        bounds: shapeBounds(node.shape),
      };
    }
    const assetId = node.model ?? '';
    const model = models.get(assetId);
    if (!model) issues.push(unknownModel(assetId, index, { models: [...models.keys()], text }));
    const bounds: Bounds | null = model?.bounds ?? null;
    return { ...common, content: { kind: 'model', assetId }, bounds, category: node.category };
  });
  if (issues.length > 0) throw new ConfigError(issues);
  return nodes;
}

function commonFields(node: SceneNode) {
  const { name, category, material, surface, castShadow, receiveShadow } = node;
  return { name, category, material, surface, castShadow, receiveShadow };
}

function unknownModel(
  id: string,
  index: number,
  { models, text }: Readonly<{ models: readonly string[]; text: SceneText }>,
): ConfigIssue {
  const document = parseDocument(text.text, text.source);
  return {
    ...originAt(document, ['nodes', index, 'model']),
    path: `nodes[${index}].model`,
    message: `no model asset has the id ${JSON.stringify(id)}.`,
    suggestion: suggestFrom(id, models, 'models'),
  };
}

/** World from node, row-major: position · turns about x, then y, then z of the node · uniform scale. */
export function nodeMatrix({
  position,
  rotationDegrees,
  scale,
}: Pick<SceneNode, 'position' | 'rotationDegrees' | 'scale'>): Mat4 {
  return compose(position, quaternionFromEulerXyz(rotationDegrees), [scale, scale, scale]);
}

/**
 * Unit quaternion [w, x, y, z] of intrinsic turns about x, y, z in degrees: qx · qy · qz, as three.js's
 * Euler order 'XYZ'. Portable functions, as Node and the page must agree.
 */
export function quaternionFromEulerXyz(degrees: Vec3): Quat {
  const half = degrees.map((angle) => (angle * DEGREE) / 2);
  const [cx = NaN, cy = NaN, cz = NaN] = half.map(cos);
  const [sx = NaN, sy = NaN, sz = NaN] = half.map(sin);
  return [
    cx * cy * cz - sx * sy * sz,
    sx * cy * cz + cx * sy * sz,
    cx * sy * cz - sx * cy * sz,
    cx * cy * sz + sx * sy * cz,
  ];
}
