import type { FlowDirection } from '#shared/annotate/frame-flows';
import type { Config } from '#shared/config/config-schema';
import {
  disparityFiles,
  hasFiles,
  lidarFiles,
  measuredDepthFiles,
  type Outputs,
} from '#shared/config/outputs-schema';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import {
  type FileKind,
  type FrameRecord,
  LIDAR_EXTENSIONS,
  type PlainFileKind,
} from '#shared/formats/frame-record';
import { pairOf } from '#shared/sampling/rig-pairs';
import { framesBeside, placeOf } from '#shared/sampling/sequence';
import { COLOR_EXTENSIONS } from '../writers/encode-image.ts';

/** Where a kind of file stands, by the name of its frame; null where the config does not ask for it. */
type PathOf = (manifest: DatasetManifest, name: string) => string | null;

/** docs/dataset-format.md §6, a row a kind. */
const PATHS: Readonly<Record<PlainFileKind, PathOf>> = {
  rgb: (manifest, name) => `images/${name}.${COLOR_EXTENSIONS[manifest.config.outputs.rgb.format]}`,
  raw: ({ config: { outputs } }, name) =>
    outputs.raw === 'none' ? null : `raw/${name}.${outputs.raw}`,
  instance: labelPng('instance', ({ config }) => config.outputs.instance),
  semantic: labelPng('semantic', ({ config }) => config.outputs.semantic),
  part: labelPng('part', ({ config, parts = [] }) => config.outputs.parts && parts.length > 0),
  panoptic: labelPng('panoptic', ({ config }) => config.outputs.panoptic),
  depth: labelPng('depth', ({ config }) => config.outputs.depth.png),
  'depth-float': labelFile('depth', ({ depth }) => depth.float),
  'measured-depth': labelPng('measured-depth', ({ config }) => measuredDepthFiles(config).png),
  'measured-depth-float': labelFile(
    'measured-depth',
    (_, config) => measuredDepthFiles(config).float,
  ),
  disparity: disparityFile('disparity', ({ png }) => (png ? 'png' : null)),
  'disparity-float': disparityFile('disparity', ({ float }) => (float === 'none' ? null : float)),
  'disparity-mask': disparityFile('disparity-mask', (files) => (hasFiles(files) ? 'png' : null)),
  range: labelFile('range', ({ range }) => range),
  normals: labelPng('normals', ({ config }) => config.outputs.normals.png),
  'normals-float': labelFile('normals', ({ normals }) => normals.float),
  'object-coordinates': labelPng(
    'object-coordinates',
    ({ config }) => config.outputs.objectCoordinates.png,
  ),
  'object-coordinates-float': labelFile(
    'object-coordinates',
    ({ objectCoordinates }) => objectCoordinates.float,
  ),
  'point-cloud': labelFile('point-cloud', ({ pointCloud }) => pointCloud),
  'lidar-depth': ({ config }, name) =>
    hasSweeps(config, name) && lidarFiles(config).depth ? `labels/lidar-depth/${name}.png` : null,
  'flow-forward': flowFile('forward', false),
  'flow-forward-mask': flowFile('forward', true),
  'flow-backward': flowFile('backward', false),
  'flow-backward-mask': flowFile('backward', true),
};

/** Lidars of a rig belong to its first view. */
const hasSweeps = (config: Config, name: string): boolean =>
  placeOf(config, Number(name)).view === 0;

/** Paths of the lidars' files, by kind. */
function lidarPaths({ config }: DatasetManifest, name: string): ReadonlyMap<string, string> {
  const { npz, ply, kitti } = lidarFiles(config);
  const isAsked = { npz, ply, bin: kitti, label: kitti };
  const lidars = hasSweeps(config, name) ? Object.keys(config.camera.lidars ?? {}) : [];
  return new Map(
    lidars.flatMap((lidar) =>
      LIDAR_EXTENSIONS.filter((extension) => isAsked[extension]).map(
        (extension): [string, string] => [
          `lidar/${lidar}.${extension}`,
          `labels/lidar/${lidar}/${name}.${extension}`,
        ],
      ),
    ),
  );
}

/** Flow leads to the frames beside, inside the sequence. */
function flowFile(direction: FlowDirection, isMask: boolean): PathOf {
  return ({ config }, name) => {
    const format = config.outputs.flow[direction];
    const { previous, next } = framesBeside(config, Number(name));
    if (format === 'none' || (direction === 'forward' ? next : previous) === null) return null;
    return isMask
      ? `labels/flow-${direction}-mask/${name}.png`
      : `labels/flow-${direction}/${name}.${format === 'flo' ? 'flo' : 'png'}`;
  };
}

/** Of frames whose view has a rectified pair. */
function disparityFile(
  folder: string,
  extensionOf: (files: ReturnType<typeof disparityFiles>) => string | null,
): PathOf {
  return ({ config }, name) => {
    const { view } = placeOf(config, Number(name));
    const extension = extensionOf(disparityFiles(config));
    if (extension === null || pairOf(config.camera.rig, view) === null) return null;
    return `labels/${folder}/${name}.${extension}`;
  };
}

function labelPng(folder: string, isAsked: (manifest: DatasetManifest) => boolean): PathOf {
  return (manifest, name) => (isAsked(manifest) ? `labels/${folder}/${name}.png` : null);
}

function labelFile(folder: string, formatOf: (outputs: Outputs, config: Config) => string): PathOf {
  return ({ config }, name) => {
    const format = formatOf(config.outputs, config);
    return format === 'none' ? null : `labels/${folder}/${name}.${format}`;
  };
}

/** Which files of a record are not those that the config asks for: missing, not asked for, elsewhere. */
export function fileListFaults(
  { frame, files }: FrameRecord,
  manifest: DatasetManifest,
): readonly string[] {
  const name = String(frame).padStart(6, '0');
  const lidars = lidarPaths(manifest, name);
  const all = [
    ...Object.entries(PATHS).map(([kind, pathOf]) => [kind, pathOf(manifest, name)] as const),
    ...lidars,
  ];
  const known = all.flatMap(([kind, expected]) => {
    const found = files[kind as FileKind]?.path ?? null;
    if (expected === found) return [];
    return [`files.${kind}: expected ${expected ?? 'no such file'}, found ${found ?? 'none'}.`];
  });
  const unknown = Object.keys(files).filter((kind) => !(kind in PATHS) && !lidars.has(kind));
  return [
    ...known,
    ...unknown.map((kind) => `files.${kind}: expected a kind of file that is known.`),
  ];
}
