import { createShapeGeometry } from '#page/scene/shape-geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { guardBandOf } from '#shared/plan/guard-band';
import { castWithBvh, type CastFrame } from '../../makers/cast-with-bvh.ts';

/** Of pixels or rays: the id that is met, and how far away, metres; 0 = nothing. */
type Met = Readonly<{ instanceId: Uint16Array; distance: ArrayLike<number> }>;

/** How far distances of labels and of the ray caster may be apart, metres. */
const FAR_METERS = 1e-4;

/**
 * Labels against the ray caster: pixels or rays with another id, or a surface on one side alone (`wrong`), those
 * whose distance differs (`far`), all others, and how many meet an instance.
 */
export function compareWithCast(
  found: Met,
  cast: Met,
): Readonly<{ wrong: number; far: number; agreed: readonly number[]; met: number }> {
  let [wrong, far, met] = [0, 0, 0];
  const agreed: number[] = [];
  for (const [at, id] of cast.instanceId.entries()) {
    const [is, shouldBe] = [found.distance[at] ?? 0, cast.distance[at] ?? 0];
    if (found.instanceId[at] !== id || (is === 0) !== (shouldBe === 0)) wrong++;
    else if (Math.abs(is - shouldBe) > FAR_METERS) far++;
    else agreed.push(at);
    met += id > 0 ? 1 : 0;
  }
  return { wrong, far, agreed, met };
}

/** What rays meet of one shape of a plan alone, on the guard band: its pixels there, from the band's corner on. */
export function castAlone(
  plan: FramePlan,
  instanceId: number,
): Readonly<{ cast: CastFrame; band: ReturnType<typeof guardBandOf> }> {
  const band = guardBandOf(plan.size, plan.labels.silhouettes?.guardBand ?? 0);
  const [x, y, width, height] = band;
  const node = plan.nodes[instanceId - 1];
  if (node?.kind !== 'shape') throw new Error('expected a shape');
  const geometry = createShapeGeometry(node.shape);
  const { cx, cy } = plan.camera.intrinsics;
  const mesh = {
    positions: geometry.getAttribute('position').array,
    index: geometry.getIndex()?.array ?? [],
    worldFromMesh: node.worldFromNode,
    instanceId,
    culled: true,
  };
  const intrinsics = { ...plan.camera.intrinsics, cx: cx - x, cy: cy - y };
  return { cast: castWithBvh([mesh], { ...plan.camera, intrinsics }, { width, height }), band };
}
