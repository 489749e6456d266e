import { AnnotationError } from '../core/errors.ts';
import { invertAffine, multiply } from '../core/matrix.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import { annotateAmodal, type VisiblePixels } from './annotate-amodal.ts';
import { annotateParts, type PartsByInstance } from './annotate-parts.ts';
import { annotateKeypoints } from './annotate-keypoints.ts';
import type {
  AmodalAnnotation,
  Annotations,
  DroppedInstance,
  GBuffers,
  InstanceAnnotation,
  Silhouette,
} from './annotations.ts';
import { box3dOf } from './box3d.ts';
import { countBeyond16Bit } from './depth-to-millimetres.ts';
import { dropReasonOf, type LabelFilters } from './drop-reason.ts';
import { frameMessage } from './frame-message.ts';
import { boxOf, measureInstances, rleOf } from './measure-instances.ts';
import type { InstanceMeasures } from './measure-instances.ts';

/** What decides which instances are annotated. */
export type AnnotateOptions = LabelFilters &
  Readonly<{
    /** Command line that renders the frame again; ends every error. */
    reproduce?: string | undefined;
  }>;

/**
 * Labels of a frame from its pixels. Every instance of the plan is either annotated or dropped with a
 * reason, in order of instance id (labels.md §4); boxes, areas and masks are those of the id buffer.
 * @throws AnnotationError where buffers and plan do not belong together, or a pixel holds an id that
 * the plan does not know.
 */
export function annotateFrame(
  plan: FramePlan,
  buffers: GBuffers,
  options: AnnotateOptions,
): Annotations {
  try {
    return annotate(plan, buffers, options);
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error;
    const context = { frame: plan.frame, reproduce: options.reproduce };
    throw new AnnotationError(frameMessage(context, error.message), { cause: error });
  }
}

function annotate(plan: FramePlan, buffers: GBuffers, filters: LabelFilters): Annotations {
  refuseForeignBuffers(plan, buffers);
  const known = knownIds(plan);
  const planned = [...plan.instances].sort((a, b) => a.instanceId - b.instanceId);
  const maxId = planned.at(-1)?.instanceId ?? 0;
  const measures = measureInstances(buffers.instanceId, plan.size, maxId);
  refuseUnknownIds(known, measures);
  const cameraFromWorld = invertAffine(plan.camera.worldFromCamera);
  const silhouettes = buffers.silhouettes
    ? new Map(buffers.silhouettes.map((one) => [one.instanceId, one]))
    : null;
  const parts = partsOf(plan, buffers);
  const instances: InstanceAnnotation[] = [];
  const dropped: DroppedInstance[] = [];
  for (const instance of planned) {
    const { instanceId, trackId, categoryId, name, assetId, scale, bounds } = instance;
    const area = measures.areas[instanceId] ?? 0;
    const bbox = boxOf(measures, instanceId);
    const shown = { ids: buffers.instanceId, size: plan.size, instanceId, bbox, area };
    const amodal = amodalOf(silhouettes, instanceId, shown);
    const reason = dropReasonOf({ ...shown, amodal }, filters);
    if (reason !== null || bbox === null) {
      dropped.push({
        instanceId,
        categoryId,
        visiblePixels: area,
        reason: reason ?? 'outside-or-hidden',
      });
      continue;
    }
    const segmentation = rleOf(measures, instanceId);
    // Adding 0 turns −0, which JSON cannot hold, into 0.
    const cameraFromObject = multiply(cameraFromWorld, instance.worldFromObject).map((v) => v + 0);
    const keypoints = annotateKeypoints(instance, cameraFromObject, {
      camera: plan.camera,
      buffers,
    });
    instances.push({
      instanceId,
      ...(trackId !== undefined && { trackId }),
      categoryId,
      name,
      assetId,
      bbox,
      area,
      segmentation,
      ...(amodal && { amodal }),
      cameraFromObject,
      scale,
      bounds,
      ...(bounds && {
        box3d: box3dOf({ cameraFromObject, scale, bounds }, plan.camera.intrinsics),
      }),
      ...(keypoints && { keypoints }),
      ...(parts && { parts: parts.get(instanceId) ?? [] }),
    });
  }
  return { instances, dropped, depthBeyond16Bit: countBeyond16Bit(buffers.depth) };
}

/** Null where the plan has no parts. */
function partsOf({ parts, size }: FramePlan, buffers: GBuffers): PartsByInstance | null {
  const { instanceId, partId } = buffers;
  if (parts === undefined) return null;
  if (partId !== undefined) return annotateParts({ size, instanceId, partId }, parts);
  throw new AnnotationError('expected a part image, since the plan has parts, found none.');
}

/** Null where silhouettes were not drawn, or nothing of the instance is in the image. */
function amodalOf(
  silhouettes: ReadonlyMap<number, Silhouette> | null,
  instanceId: number,
  shown: VisiblePixels,
): AmodalAnnotation | null {
  if (silhouettes === null || shown.area === 0) return null;
  const silhouette = silhouettes.get(instanceId);
  if (silhouette !== undefined) return annotateAmodal(silhouette, shown);
  throw new AnnotationError(
    `instance ${instanceId}: expected a silhouette, since ${shown.area} of its pixels are visible, found none.`,
  );
}

function refuseForeignBuffers(plan: FramePlan, buffers: GBuffers): void {
  const { width, height } = plan.size;
  if (buffers.width !== width || buffers.height !== height) {
    throw new AnnotationError(
      `expected buffers of ${width}×${height}, found ${buffers.width}×${buffers.height}.`,
    );
  }
}

/** The plan's ids, checked: whole numbers of 1..65535, each once. */
function knownIds(plan: FramePlan): ReadonlySet<number> {
  const known = new Set<number>();
  for (const { instanceId } of plan.instances) {
    if (!Number.isInteger(instanceId) || instanceId < 1 || instanceId > 65535) {
      throw new AnnotationError(`plan: expected instance ids of 1..65535, found ${instanceId}.`);
    }
    if (known.has(instanceId)) {
      throw new AnnotationError(`plan: expected each instance id once, found ${instanceId} twice.`);
    }
    known.add(instanceId);
  }
  return known;
}

/** Ids above the plan's highest are refused by the scan itself; here, the gaps below it. */
function refuseUnknownIds(known: ReadonlySet<number>, measures: InstanceMeasures): void {
  const unknown = measures.areas.findIndex((area, id) => area > 0 && id > 0 && !known.has(id));
  if (unknown < 0) return;
  throw new AnnotationError(
    `id image: expected ids of the plan's ${known.size} instances, found ${unknown} on ` +
      `${measures.areas[unknown]} pixels in box [${boxOf(measures, unknown)?.join(', ')}].`,
  );
}
