import { requireBrowser } from '#node/browser/find-browser';
import { openPool, type PagePool, type PoolOptions } from '#node/browser/page-pool';
import type { ResolveResource } from '#node/server/page-server';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';

/** The back ends that every test of labels, of parity and of goldens runs on. */
export const BACKENDS = ['mesa', 'swiftshader'] as const;

export type TestBackend = (typeof BACKENDS)[number];

/**
 * Those that tests of what shaders make of light run on: SwiftShader compiles each for seconds, and its bytes
 * are held by goldens. `DIORAMA_TEST_ALL=1` adds it.
 */
export const SHADING_BACKENDS: readonly TestBackend[] =
  process.env['DIORAMA_TEST_ALL'] === '1' ? BACKENDS : ['mesa'];

/** Browsers of a back end, one unless told otherwise, with the built page. */
export async function openTestPool(
  backend: TestBackend,
  resolveResource: ResolveResource = () => Promise.resolve(null),
  {
    workers = 1,
    assetBytes,
    readBack,
  }: Pick<PoolOptions, 'workers' | 'assetBytes' | 'readBack'> = {},
): Promise<PagePool> {
  return openPool({
    browser: await requireBrowser(undefined),
    backend,
    workers,
    sandbox: 'auto',
    resolveResource,
    assetBytes,
    readBack,
    log: () => undefined,
  });
}

/** The pool of a suite whose `beforeAll` opens it. */
export function requireOpen(pool: PagePool | undefined): PagePool {
  if (pool === undefined) throw new Error('the pool did not open');
  return pool;
}

/** Renders one plan and decodes what came over the wire. */
export async function renderPlan(pool: PagePool, plan: FramePlan): Promise<GBuffers> {
  return (await pool.run((client) => client.render(plan))).buffers;
}
