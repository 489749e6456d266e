import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { makeOracleModels, type OracleModel } from '../makers/make-oracle-models.ts';
import { keyOf, makeOracleScene } from '../makers/make-oracle-scene.ts';
import { traceTriangles, type TracedFrame } from '../makers/trace-triangles.ts';
import {
  depthErrors,
  findDifferences,
  normalErrors,
  quantile,
  reprojectionErrors,
  roundTripErrors,
  settledPixels,
  type View,
} from './support/compare-labels.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/*
 * Ten crowds of shapes and models, each seen by two cameras, against a ray-caster that shares no code with
 * the page: models' triangles are worked out beside their files, not read from them.
 */

const SCENES = Array.from({ length: 10 }, (_, i) => i);

/**
 * A driver looks up texels with coordinates of its own precision (SwiftShader: 1/65536 of a texture), so
 * their borders are blurred by more than edges are.
 */
const EXCUSES = { edgePixels: 1e-3, texelPixels: 1e-2 };

/** Both back ends are held against one trace. */
const TRACES = new Map<number, readonly [TracedFrame, TracedFrame]>();

function tracesOf(number: number, models: readonly OracleModel[]) {
  const { plans, meshes } = makeOracleScene(number, models);
  const known = TRACES.get(number);
  if (known) return known;
  const trace = ({ camera, size }: (typeof plans)[number]): TracedFrame =>
    traceTriangles(meshes, camera, size);
  const traces = [trace(plans[0]), trace(plans[1])] as const;
  TRACES.set(number, traces);
  return traces;
}

/** Of all surfaces that rays meet, the share that is behind another. */
function shareHidden({ layers, triangle }: TracedFrame): number {
  const met = layers.reduce((sum, count) => sum + count, 0);
  return 1 - triangle.filter((number) => number >= 0).length / met;
}

const shown = (value: number): string => value.toExponential(1);

describe.each(BACKENDS)('labels of crowds on %s', (backend) => {
  let pool: PagePool | undefined;
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
    pool = await openTestPool(backend, (key) => {
      const model = models.find((each) => keyOf(each) === key);
      return Promise.resolve(model ? { bytes: model.glb, contentType: 'model/gltf-binary' } : null);
    });
  });
  afterAll(() => pool?.close());

  const viewsOf = async (number: number): Promise<readonly [View, View]> => {
    const { plans } = makeOracleScene(number, models);
    const traces = tracesOf(number, models);
    const view = async (i: 0 | 1): Promise<View> => ({
      plan: plans[i],
      labels: await renderPlan(requireOpen(pool), plans[i]),
      traced: traces[i],
    });
    return [await view(0), await view(1)];
  };

  it.each(SCENES)('crowd %i: ids, depth and normals are those of a ray-caster', async (number) => {
    const views = await viewsOf(number);
    for (const [side, view] of views.entries()) {
      const differences = findDifferences(view, EXCUSES);
      const pixels = [...settledPixels(view, EXCUSES)];
      const depth = depthErrors(view, pixels);
      const normal = normalErrors(view, pixels);
      const hidden = shareHidden(view.traced);
      console.info(
        `${backend}, crowd ${number}, view ${side}: ${differences.atEdges} pixels excused at edges, ` +
          `${differences.atTexels} at texel borders; depth median ${shown(quantile(depth, 0.5))} m, ` +
          `99.9 % ${shown(quantile(depth, 0.999))} m, greatest ${shown(quantile(depth, 1))} m; ` +
          `normal greatest ${shown(quantile(normal, 1))}; ${new Set(view.traced.instanceId).size} ids, ` +
          `${Math.round(100 * hidden)} % hidden`,
      );
      expect(differences.wrong).toBe(0);
      expect(differences.atEdges + differences.atTexels).toBeLessThan(pixels.length / 1000);
      expect(quantile(depth, 0.5)).toBeLessThan(1e-5);
      expect(quantile(depth, 0.999)).toBeLessThan(1e-4);
      expect(quantile(normal, 1)).toBeLessThan(1e-3);
      expect(quantile(roundTripErrors(view, pixels), 1)).toBeLessThan(1e-3);
      // The scene is what it should be: a crowd of which much is hidden.
      expect(hidden).toBeGreaterThan(0.3);
      expect(new Set(view.traced.instanceId).size).toBeGreaterThan(20);
    }
    const errors = reprojectionErrors(views[0], views[1], EXCUSES);
    console.info(
      `${backend}, crowd ${number}: ${errors.length} pixels seen in both views, reprojected median ` +
        `${shown(quantile(errors, 0.5))} px, 99 % ${shown(quantile(errors, 0.99))} px`,
    );
    expect(errors.length).toBeGreaterThan(1000);
    expect(quantile(errors, 0.5)).toBeLessThan(1e-2);
    expect(quantile(errors, 0.99)).toBeLessThan(1e-1);
  });
});
