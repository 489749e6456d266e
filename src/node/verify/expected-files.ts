import type { FlowDirection } from '#shared/annotate/frame-flows';
import type { Config } from '#shared/config/config-schema';
import {
  disparityFiles,
  hasFiles,
  measuredDepthFiles,
  type Outputs,
} from '#shared/config/outputs-schema';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import { pairOf } from '#shared/sampling/rig-pairs';
import { framesBeside, placeOf } from '#shared/sampling/sequence';
import { COLOR_EXTENSIONS } from '../writers/encode-image.ts';

/** Where a kind of file stands, by the name of its frame; null where the config does not ask for it. */
type PathOf = (manifest: DatasetManifest, name: string) => string | null;

/** docs/dataset-format.md §6, a row a kind. */
const PATHS: Readonly<Record<FileKind, PathOf>> = {
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
  'flow-forward': flowFile('forward', false),
  'flow-forward-mask': flowFile('forward', true),
  'flow-backward': flowFile('backward', false),
  'flow-backward-mask': flowFile('backward', true),
};

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
  const known = Object.entries(PATHS).flatMap(([kind, pathOf]) => {
    const expected = pathOf(manifest, name);
    const found = files[kind as FileKind]?.path ?? null;
    if (expected === found) return [];
    return [`files.${kind}: expected ${expected ?? 'no such file'}, found ${found ?? 'none'}.`];
  });
  const unknown = Object.keys(files).filter((kind) => !(kind in PATHS));
  return [
    ...known,
    ...unknown.map((kind) => `files.${kind}: expected a kind of file that is known.`),
  ];
}
