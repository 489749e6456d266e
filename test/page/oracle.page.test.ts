import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { castWithBvh, type CastFrame } from '../makers/cast-with-bvh.ts';
import { makeOracleModels, type OracleModel } from '../makers/make-oracle-models.ts';
import { makeOracleScene, serveModels } from '../makers/make-oracle-scene.ts';
import { traceTriangles, type TracedFrame } from '../makers/trace-triangles.ts';
import { coordinateErrors } from './support/compare-coordinates.ts';
import {
  depthErrors,
  findDifferences,
  normalErrors,
  quantile,
  reprojectionErrors,
  roundTripErrors,
  settledPixels,
} from './support/compare-labels.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/*
 * Ten crowds of shapes and models, each seen by two cameras, against two ray-casters that share no code with
 * the page: models' triangles are worked out beside their files, not read from them.
 *
 * three-mesh-bvh says what each ray meets first, and where in its object. Our own caster, in double precision, says
 * the same, and what a hierarchy passes over: how far each pixel is from the nearest edge of any triangle.
 * So the two are held against each other first, and then labels against both.
 */

const SCENES = Array.from({ length: 10 }, (_, i) => i);

/**
 * A driver looks up texels with coordinates of its own precision (SwiftShader: 1/65536 of a texture), so
 * their borders are blurred by more than edges are.
 */
const EXCUSES = { edgePixels: 1e-3, texelPixels: 1e-2 };

/** One camera's view, as both ray-casters have it. */
type Traced = Readonly<{ traced: TracedFrame; cast: CastFrame }>;

/** Both back ends are held against one trace. */
const TRACES = new Map<number, readonly [Traced, Traced]>();

function tracesOf(number: number, models: readonly OracleModel[]) {
  const { plans, meshes } = makeOracleScene(number, models);
  const known = TRACES.get(number);
  if (known) return known;
  const trace = ({ camera, size }: (typeof plans)[number]): Traced => ({
    traced: traceTriangles(meshes, camera, size),
    cast: castWithBvh(meshes, camera, size),
  });
  const traces = [trace(plans[0]), trace(plans[1])] as const;
  TRACES.set(number, traces);
  return traces;
}

/** What every crowd must show: a mask with holes, a skinned model, copies of one mesh, a mirrored one. */
const FEATURES = ['lattice', 'arm', 'cluster', 'mirrored'];

/** Of all surfaces that rays meet, the share that is behind another. */
function shareHidden({ layers, triangle }: TracedFrame): number {
  const met = layers.reduce((sum, count) => sum + count, 0);
  return 1 - triangle.filter((number) => number >= 0).length / met;
}

const shown = (value: number): string => value.toExponential(1);

describe('the ray-casters', () => {
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
  });

  it.each(SCENES)('agree on crowd %i, which has all that labels must get right', (number) => {
    const { meshes } = makeOracleScene(number, models);
    const kinds = new Set<string>();
    let [excused, wrong] = [0, 0];
    for (const { traced, cast } of tracesOf(number, models)) {
      const depths: number[] = [];
      for (const [pixel, id] of traced.instanceId.entries()) {
        kinds.add(meshes[cast.mesh[pixel] ?? -1]?.kind ?? 'nothing');
        const depth = traced.depth[pixel] ?? NaN;
        const off = Math.abs(depth - (cast.depth[pixel] ?? NaN));
        if (cast.instanceId[pixel] === id && off < 1e-4) depths.push(off);
        else if (isExcused(traced, pixel)) excused++;
        else wrong++;
      }
      expect(quantile(Float64Array.from(depths).sort(), 0.5)).toBeLessThan(1e-6);
      expect(quantile(Float64Array.from(depths).sort(), 0.999)).toBeLessThan(1e-5);
    }
    console.info(`crowd ${number}: ${excused} pixels excused at edges and texel borders`);
    expect(wrong).toBe(0);
    expect([...kinds]).toEqual(expect.arrayContaining(FEATURES));
  });
});

function isExcused({ edgeDistance, texelDistance }: TracedFrame, pixel: number): boolean {
  const { edgePixels, texelPixels } = EXCUSES;
  return (edgeDistance[pixel] ?? 0) <= edgePixels || (texelDistance[pixel] ?? 0) <= texelPixels;
}

describe.each(BACKENDS)('labels of crowds on %s', (backend) => {
  let pool: PagePool | undefined;
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
    pool = await openTestPool(backend, serveModels(models));
  });
  afterAll(() => pool?.close());

  const viewsOf = async (number: number) => {
    const { plans, meshes } = makeOracleScene(number, models);
    const traces = tracesOf(number, models);
    const view = async (i: 0 | 1) => ({
      plan: plans[i],
      labels: await renderPlan(requireOpen(pool), plans[i]),
      ...traces[i],
      meshes,
    });
    return [await view(0), await view(1)] as const;
  };

  it.each(SCENES)(
    'crowd %i: ids, depth, normals and object coordinates are those of ray-casters',
    async (number) => {
      const views = await viewsOf(number);
      for (const [side, view] of views.entries()) {
        const differences = findDifferences(view, EXCUSES);
        const pixels = [...settledPixels(view, EXCUSES)];
        const depth = depthErrors(view, pixels);
        const normal = normalErrors(view, pixels);
        const met = pixels.filter((p) => view.cast.instanceId[p] === view.traced.instanceId[p]);
        const coordinate = coordinateErrors(view, met);
        const hidden = shareHidden(view.traced);
        console.info(
          `${backend}, crowd ${number}, view ${side}: ${differences.atEdges} pixels excused at edges, ` +
            `${differences.atTexels} at texel borders; depth median ${shown(quantile(depth, 0.5))} m, ` +
            `99.9 % ${shown(quantile(depth, 0.999))} m, greatest ${shown(quantile(depth, 1))} m; ` +
            `object coordinates 99.9 % ${shown(quantile(coordinate, 0.999))} m of ${coordinate.length} pixels; ` +
            `normal greatest ${shown(quantile(normal, 1))}; ${new Set(view.traced.instanceId).size} ids, ` +
            `${Math.round(100 * hidden)} % hidden`,
        );
        expect(differences.wrong).toBe(0);
        expect(differences.atEdges + differences.atTexels).toBeLessThan(pixels.length / 1000);
        expect(quantile(depth, 0.5)).toBeLessThan(1e-5);
        expect(quantile(depth, 0.999)).toBeLessThan(1e-4);
        expect(coordinate.length).toBeGreaterThan(5_000);
        expect(quantile(coordinate, 0.5)).toBeLessThan(1e-5);
        expect(quantile(coordinate, 0.999)).toBeLessThan(1e-4);
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
      expect(errors.length).toBeGreaterThan(500);
      expect(quantile(errors, 0.5)).toBeLessThan(1e-2);
      expect(quantile(errors, 0.99)).toBeLessThan(1e-1);
    },
  );
});
