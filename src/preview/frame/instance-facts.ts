import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { multiply } from '#shared/core/matrix';
import type { FrameView } from './frame-view.ts';
import { materialFacts, materialOf, type Fact } from './material-facts.ts';

const meters = (values: readonly number[]): string =>
  `${values.map((value) => value.toFixed(3)).join(', ')} m`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const place = (matrix: readonly number[]): readonly number[] =>
  [3, 7, 11].map((at) => matrix[at] ?? 0);

function amodalFacts({ amodal }: InstanceAnnotation): readonly Fact[] {
  if (amodal === undefined) return [];
  const { visibility, truncation, bbox, silhouetteClipped } = amodal;
  return [
    { name: 'visible', value: percent(visibility) },
    { name: 'cut off', value: `${percent(truncation)}${silhouetteClipped ? ' at least' : ''}` },
    { name: 'amodal box', value: bbox.join(', ') },
  ];
}

function poseFacts(instance: InstanceAnnotation, { record }: FrameView): readonly Fact[] {
  const { cameraFromObject, scale, box3d } = instance;
  const inCamera = place(cameraFromObject);
  const inWorld = place(multiply(record.camera.worldFromCamera, cameraFromObject));
  return [
    { name: 'in the world', value: meters(inWorld) },
    { name: 'in the camera', value: meters(inCamera) },
    { name: 'distance', value: meters([Math.hypot(...inCamera)]) },
    ...(box3d ? [{ name: 'size', value: meters(box3d.size) }] : []),
    ...(scale.some((value) => value !== 1)
      ? [{ name: 'scale', value: scale.map((value) => value.toFixed(3)).join(', ') }]
      : []),
  ];
}

/** What there is to know of an annotated instance, in the numbers that the dataset has. */
export function instanceFacts(instance: InstanceAnnotation, frame: FrameView): readonly Fact[] {
  const { instanceId, trackId, categoryId, assetId, area, bbox, keypoints, parts } = instance;
  return [
    {
      name: 'id',
      value: trackId === undefined ? `${instanceId}` : `${instanceId}, track ${trackId}`,
    },
    { name: 'category', value: `${frame.categories.get(categoryId)?.name ?? '?'} (${categoryId})` },
    ...(assetId === null ? [] : [{ name: 'asset', value: assetId }]),
    { name: 'box', value: bbox.join(', ') },
    { name: 'pixels', value: String(area) },
    ...amodalFacts(instance),
    ...poseFacts(instance, frame),
    ...(keypoints
      ? [
          {
            name: 'keypoints',
            value: `${keypoints.filter(({ v }) => v === 2).length} visible of ${keypoints.length}`,
          },
        ]
      : []),
    ...(parts
      ? [{ name: 'parts', value: parts.map(({ name }) => name).join(', ') || 'none' }]
      : []),
    ...materialFacts(materialOf(frame.record.sample, instance.name)),
  ];
}
