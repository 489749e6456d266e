import { requireBrowser } from '#node/browser/find-browser';
import { openPool, type PagePool } from '#node/browser/page-pool';
import type { ResolveResource } from '#node/server/page-server';
import { decodePacket } from '#shared/protocol/frame-packet';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';

/** The back ends that every test of pixels runs on. */
export const BACKENDS = ['mesa', 'swiftshader'] as const;

/** One browser of a back end, with the built page. */
export async function openTestPool(
  backend: (typeof BACKENDS)[number],
  resolveResource: ResolveResource = () => Promise.resolve(null),
): Promise<PagePool> {
  return openPool({
    browser: await requireBrowser(undefined),
    backend,
    workers: 1,
    sandbox: 'auto',
    resolveResource,
    log: () => undefined,
  });
}

/** Renders one plan and decodes what came over the wire. */
export async function renderPlan(pool: PagePool, plan: FramePlan): Promise<GBuffers> {
  const { packet } = await pool.run((client) => client.render(plan));
  return decodePacket(packet);
}
