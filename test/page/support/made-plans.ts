import type { LinearRgb, Mat4 } from '#shared/core/geometry';
import type { FramePlan, PlanMaterial, PlanNode } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan, type MadeShape } from '../../makers/make-frame-plan.ts';

/** A matt surface of one colour, linear RGB, as a pattern: nothing of a shape's own colour is left. */
export function makePaint(color: LinearRgb): PlanMaterial {
  const colors = [color, color];
  return { ...makePattern({ kind: 'gradient', colors }), roughness: 1, metalness: 0 };
}

type Pattern = Readonly<{
  kind: 'gradient' | 'stripes' | 'noise' | 'checks' | 'marble';
  colors: readonly LinearRgb[];
  patternSeed?: number;
}>;

/** A pattern with 20 cm to a repetition. */
export function makePattern({ kind, colors, patternSeed = 1 }: Pattern): PlanMaterial {
  const details = { octaves: 3, cells: 2, softness: 0.1, turbulence: 1 };
  const source = { kind, colors, patternSeed, ...details };
  return { texture: { source, scaleMeters: 0.2, rotationRadians: 0.3 } };
}

/** Gives the nodes of a plan materials, in order; null leaves one as it is. */
export function withMaterials(
  plan: FramePlan,
  materials: readonly (PlanMaterial | null)[],
): FramePlan {
  const nodes = plan.nodes.map((node, index) => {
    const material = materials[index];
    return material ? { ...node, material } : node;
  });
  return { ...plan, nodes };
}

/**
 * Boxes whose fronts lie in one plane and overlap, each in its own colour: which of them is seen there is
 * decided by the order of drawing alone. Plans of other `depth` (0.5 or 0.25 m) look the same and share no
 * geometry or material.
 */
export function makeTouchingPlan(depth: 0.5 | 0.25): FramePlan {
  const size = { width: 64, height: 48 };
  const shapes = [-0.25, -0.125, 0.125, 0.25].map((x, index): MadeShape => ({
    shape: { kind: 'box', size: [0.5, 0.25 + 0.125 * index, depth], bevelMeters: 0 },
    position: [x, 0, -1.75 - depth / 2],
  }));
  const paints: readonly LinearRgb[] = [
    [0.8, 0.1, 0.1],
    [0.1, 0.8, 0.1],
    [0.1, 0.1, 0.8],
    [0.8, 0.8, 0.1],
  ];
  const plan = makeFramePlan({ size, intrinsics: intrinsicsOf(size, 40), shapes });
  return withMaterials(plan, paints.map(makePaint));
}

/** Tiles in rows of ten, each in a grey pattern of its own, {@link tileGrey}, under an even sky. */
export function makeStripedPlan(count: number): FramePlan {
  const size = { width: 100, height: 100 };
  const shapes = Array.from({ length: count }, (_, i): MadeShape => ({
    shape: { kind: 'box', size: [0.09, 0.09, 0.01], bevelMeters: 0 },
    position: [((i % 10) - 4.5) / 10, (4.5 - Math.floor(i / 10)) / 10, -1],
  }));
  const plan = makeFramePlan({
    size,
    intrinsics: { fx: 100, fy: 100, cx: 50, cy: 50 },
    shapes,
  });
  return withMaterials(
    plan,
    shapes.map((_, i) => makePaint([tileGrey(i, count), tileGrey(i, count), tileGrey(i, count)])),
  );
}

/** Linear grey of a tile of {@link makeStripedPlan}, dark to bright. */
export function tileGrey(index: number, count: number): number {
  return 0.1 + (0.8 * index) / count;
}

/** One model of a made plan, by the key of its bytes; the first is instance 1, and so on. */
export type MadeModel = Readonly<{ resource: string; worldFromNode: Mat4 }>;

/** A view of 64×64 pixels, 64 pixels to a metre at 1 m, of models before black under an even sky. */
export function makeModelPlan(
  models: readonly MadeModel[],
  shapes: readonly MadeShape[] = [],
): FramePlan {
  const plan = makeFramePlan({
    size: { width: 64, height: 64 },
    intrinsics: { fx: 64, fy: 64, cx: 32, cy: 32 },
    shapes: shapes.map((shape, i) => ({ instanceId: models.length + 1 + i, ...shape })),
  });
  const nodes = models.map(({ resource, worldFromNode }, i): PlanNode => ({
    kind: 'model',
    name: `model-${i}`,
    resource,
    worldFromNode,
    instanceId: i + 1,
    castShadow: true,
    receiveShadow: true,
  }));
  return {
    ...plan,
    nodes: [...nodes, ...plan.nodes],
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
  };
}
