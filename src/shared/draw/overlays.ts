import type { Overlay } from './overlay.ts';
import { AMODAL_BOXES } from './overlays/amodal-boxes.ts';
import { AMODAL_MASKS } from './overlays/amodal-masks.ts';
import { AXES } from './overlays/axes.ts';
import { BOXES } from './overlays/boxes.ts';
import { BOXES_3D } from './overlays/boxes-3d.ts';
import { DEPTH, DISPARITY, MEASURED_DEPTH, RANGE } from './overlays/depth.ts';
import { FLOW, FLOW_BACKWARD } from './overlays/flow.ts';
import { IDS } from './overlays/ids.ts';
import { IMAGE } from './overlays/image.ts';
import { KEYPOINTS } from './overlays/keypoints.ts';
import { LIDAR } from './overlays/lidar.ts';
import { MASKS } from './overlays/masks.ts';
import { NAMES } from './overlays/names.ts';
import { NORMALS } from './overlays/normals.ts';
import { OBJECT_COORDINATES } from './overlays/object-coordinates.ts';
import { PANOPTIC } from './overlays/panoptic.ts';
import { PARTS } from './overlays/parts.ts';
import { POLYGONS } from './overlays/polygons.ts';
import { SEMANTIC } from './overlays/semantic.ts';
import { VISIBILITY } from './overlays/visibility.ts';

/** Every label that can be drawn, from the bottom of a picture to its top. */
export const OVERLAYS = {
  image: IMAGE,
  depth: DEPTH,
  'measured-depth': MEASURED_DEPTH,
  disparity: DISPARITY,
  range: RANGE,
  normals: NORMALS,
  'object-coordinates': OBJECT_COORDINATES,
  'flow-backward': FLOW_BACKWARD,
  flow: FLOW,
  semantic: SEMANTIC,
  panoptic: PANOPTIC,
  lidar: LIDAR,
  'amodal-masks': AMODAL_MASKS,
  masks: MASKS,
  polygons: POLYGONS,
  parts: PARTS,
  'boxes-3d': BOXES_3D,
  axes: AXES,
  'amodal-boxes': AMODAL_BOXES,
  boxes: BOXES,
  keypoints: KEYPOINTS,
  names: NAMES,
  ids: IDS,
  visibility: VISIBILITY,
} as const satisfies Readonly<Record<string, Overlay>>;

export type OverlayName = keyof typeof OVERLAYS;

/** The names, from the bottom of a picture to its top. */
export const OVERLAY_NAMES = Object.keys(OVERLAYS) as readonly OverlayName[];

/** True for the name of an overlay. */
export function isOverlayName(name: string): name is OverlayName {
  return Object.hasOwn(OVERLAYS, name);
}
