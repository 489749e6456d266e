import type { DescribedNode } from '../config/scene-description.ts';
import type { ShapeSpec } from '../config/scene-schema.ts';
import type { ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Bounds, Hull, Vec3 } from '../core/geometry.ts';
import { cos, sin, TAU } from '../core/portable-math.ts';

/** Sheets are given this much body behind their face, metres. */
const SHEET = 0.02;
/** Round shapes get at most this many corners around. */
const MAX_CORNERS = 64;
/** Facets of a backdrop's bend. */
const BEND_FACETS = 8;

/** Hulls of a model, in its own frame. */
export function hullsOf({ id, hulls }: ModelAsset): readonly Hull[] {
  if (hulls && hulls.length > 0) return hulls;
  throw new SamplingError(
    `model "${id}" has no solids in the catalogue; prepare the inputs of the config that needs them`,
  );
}

/** Hulls of a node of the scene, in its own frame; members of scene graphs are their boxes. */
export function nodeHulls(
  { content, name }: DescribedNode,
  bounds: Bounds,
  models: ReadonlyMap<string, ModelAsset>,
): readonly Hull[] {
  if (content.kind === 'member') return [boxHull(bounds)];
  if (content.kind === 'shape') return shapeHulls(content.shape, bounds);
  const model = models.get(content.assetId);
  if (model) return hullsOf(model);
  throw new SamplingError(`node "${name}": model "${content.assetId}" is not in the catalogue`);
}

function shapeHulls(shape: ShapeSpec, bounds: Bounds): readonly Hull[] {
  switch (shape.kind) {
    case 'box':
      return [boxHull(bounds)];
    case 'plane':
      return [boxHull(bounds)];
    case 'sphere':
      return [sphereHull(shape.radius)];
    case 'cylinder': {
      const rim = circle(shape.radius, Math.min(shape.segments, MAX_CORNERS));
      const [low, high] = [-shape.height / 2, shape.height / 2];
      return [
        rim.flatMap(([x, z]): Vec3[] => [
          [x, low, z],
          [x, high, z],
        ]),
      ];
    }
    case 'backdrop':
      return backdropHulls(shape);
  }
}

/** Corners of a box; one that is flat gets its body below its face. */
function boxHull({ min, max }: Bounds): Hull {
  const bottom = max[1] - min[1] < 1e-3 ? max[1] - SHEET : min[1];
  return [min[0], max[0]].flatMap((x) =>
    [bottom, max[1]].flatMap((y) => [min[2], max[2]].map((z): Vec3 => [x, y, z])),
  );
}

function circle(radius: number, corners: number): readonly (readonly [number, number])[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i * TAU) / corners;
    return [radius * sin(angle), radius * cos(angle)] as const;
  });
}

function sphereHull(radius: number): Hull {
  const rings = 12;
  const poles: Vec3[] = [
    [0, radius, 0],
    [0, -radius, 0],
  ];
  const belt = Array.from({ length: rings - 1 }, (_, i): Vec3[] => {
    const angle = ((i + 1) * TAU) / (2 * rings);
    return circle(radius * sin(angle), 2 * rings).map(([x, z]) => [x, radius * cos(angle), z]);
  });
  return [...poles, ...belt.flat()];
}

/** Floor, bend and wall, each facet with its body behind it. */
function backdropHulls({
  width,
  height,
  depth,
  bendRadius,
}: Extract<ShapeSpec, { kind: 'backdrop' }>): readonly Hull[] {
  const back = -depth / 2;
  // [z, y] of the profile, with what points away from the room.
  const profile = [
    { z: depth / 2, y: 0, nz: 0, ny: -1 },
    ...Array.from({ length: BEND_FACETS + 1 }, (_, i) => {
      const angle = (i * TAU) / (4 * BEND_FACETS);
      const [nz, ny] = [-sin(angle), -cos(angle)];
      return {
        z: back + bendRadius + bendRadius * nz,
        y: bendRadius + bendRadius * ny,
        nz,
        ny,
      };
    }),
    { z: back, y: height, nz: -1, ny: 0 },
  ];
  return profile.slice(1).flatMap((to, i): Hull[] => {
    const from = profile[i];
    if (!from || (from.z === to.z && from.y === to.y)) return [];
    return [
      [from, to].flatMap(({ z, y, nz, ny }) =>
        [-width / 2, width / 2].flatMap((x): Vec3[] => [
          [x, y, z],
          [x, y + ny * SHEET, z + nz * SHEET],
        ]),
      ),
    ];
  });
}
