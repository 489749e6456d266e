import type { OverlayName } from '#shared/draw/overlays';

/** An overlay as the interface offers it. */
export type OverlayChoice = Readonly<{
  name: OverlayName;
  title: string;
  /** `KeyboardEvent.key`, with `Shift+` before it where that is held. */
  key: string;
}>;

/** Overlays that belong together; of an exclusive group one at most is shown. */
export type OverlayGroup = Readonly<{
  title: string;
  exclusive: boolean;
  choices: readonly OverlayChoice[];
}>;

/** Every overlay but the bare image, in the order of the panel. */
export const OVERLAY_GROUPS: readonly OverlayGroup[] = [
  {
    title: 'Shapes',
    exclusive: false,
    choices: [
      { name: 'boxes', title: 'Boxes', key: 'b' },
      { name: 'amodal-boxes', title: 'Amodal boxes', key: 'Shift+B' },
      { name: 'masks', title: 'Masks', key: 'm' },
      { name: 'amodal-masks', title: 'Amodal masks', key: 'Shift+M' },
      { name: 'polygons', title: 'Polygons', key: 'y' },
      { name: 'parts', title: 'Parts', key: 't' },
      { name: 'keypoints', title: 'Keypoints', key: 'k' },
      { name: 'boxes-3d', title: '3D boxes', key: '3' },
      { name: 'axes', title: 'Axes', key: 'a' },
      { name: 'lidar', title: 'Lidar points', key: 'Shift+L' },
    ],
  },
  {
    title: 'Words',
    exclusive: false,
    choices: [
      { name: 'names', title: 'Names', key: 'l' },
      { name: 'ids', title: 'Ids', key: 'i' },
      { name: 'visibility', title: 'Visibility', key: 'v' },
    ],
  },
  {
    title: 'Images',
    exclusive: true,
    choices: [
      { name: 'semantic', title: 'Semantic', key: 's' },
      { name: 'panoptic', title: 'Panoptic', key: 'p' },
      { name: 'depth', title: 'Depth', key: 'd' },
      { name: 'measured-depth', title: 'Sensor depth', key: 'Shift+D' },
      { name: 'disparity', title: 'Disparity', key: 'Shift+P' },
      { name: 'range', title: 'Range', key: 'r' },
      { name: 'normals', title: 'Normals', key: 'n' },
      { name: 'object-coordinates', title: 'Object coords', key: 'o' },
      { name: 'flow', title: 'Flow', key: 'f' },
      { name: 'flow-backward', title: 'Flow back', key: 'Shift+F' },
    ],
  },
];

/** The overlays after one is switched on or off. */
export function toggled(
  shown: ReadonlySet<OverlayName>,
  name: OverlayName,
): ReadonlySet<OverlayName> {
  const next = new Set(shown);
  if (next.delete(name)) return next;
  const group = OVERLAY_GROUPS.find(({ choices }) => choices.some((one) => one.name === name));
  if (group?.exclusive === true) for (const choice of group.choices) next.delete(choice.name);
  return next.add(name);
}
