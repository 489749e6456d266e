import type { DroppedInstance } from '#shared/annotate/annotations';
import type { Config } from '#shared/config/config-schema';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { DroppedView } from './frame-view.ts';

/** Why an instance is in no label file, with the rule's number. */
export function explainDrop(
  { reason, visiblePixels }: DroppedInstance,
  labels: Config['labels'],
): string {
  switch (reason) {
    case 'outside-or-hidden':
      return 'Shows no pixel: it is outside of the image, or hidden.';
    case 'min-pixels':
      return `Shows ${visiblePixels} pixels; labels.minPixels asks for ${labels.minPixels}.`;
    case 'min-visibility':
      return `Shows less than labels.minVisibility asks for: ${labels.minVisibility} of what it would show alone.`;
    case 'min-box-side':
      return `Its box has a side below labels.minBoxSide: ${labels.minBoxSide} pixels.`;
    case 'min-fragment':
      return `Its largest piece is below labels.minFragmentPixels: ${labels.minFragmentPixels}.`;
  }
}

/** The dropped instances of a frame, with what the plan knows of them. */
export function droppedViews(
  dropped: readonly DroppedInstance[],
  { instances }: Pick<FramePlan, 'instances'>,
  labels: Config['labels'],
): readonly DroppedView[] {
  return dropped.map((instance) => {
    const { instanceId, categoryId, visiblePixels } = instance;
    const planned = instances.find((one) => one.instanceId === instanceId);
    return {
      instanceId,
      categoryId,
      visiblePixels,
      name: planned?.name ?? `instance ${instanceId}`,
      assetId: planned?.assetId ?? null,
      reason: explainDrop(instance, labels),
    };
  });
}
