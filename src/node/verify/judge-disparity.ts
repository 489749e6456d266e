import { DISPARITY_UNITS, disparityTo16Bit } from '#shared/annotate/frame-disparity';
import { FLOW_STATE } from '#shared/annotate/optical-flow';
import type { FrameRecord } from '#shared/formats/frame-record';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import type { FileFault, FrameToJudge } from './frame-to-judge.ts';
import { pixelFault } from './pixel-fault.ts';

/** What float32 may do to a disparity, as a share of it. */
const ROUNDING_SHARE = 1e-6;

/**
 * What contradicts in the disparity of a frame: it is fx · b / z where the mask has a point, and nothing
 * elsewhere; the mask has the record's counts; 16 bits are the float file, rounded. Which points the other
 * view hides is not judged again.
 */
export function judgeDisparity(frame: FrameToJudge): readonly FileFault[] {
  const { record, decoded } = frame;
  const mask = decoded.labels.get('disparity-mask')?.values;
  if (!(mask instanceof Uint8Array) || record.disparity === undefined) return [];
  const faults: FileFault[] = [];
  const tell = (kind: FileFault['kind'], message: string | null): void => {
    if (message !== null) faults.push({ kind, message: `${message.replace(/\.$/, '')}.` });
  };
  tell('disparity-mask', countFault(record, mask));
  const float = decoded.labels.get('disparity-float')?.values;
  const found = decoded.labels.get('disparity')?.values;
  if (float instanceof Float32Array) {
    tell('disparity-float', depthFault(frame, { mask, pixels: float, step: 0 }));
    if (found === undefined) return faults;
    const comparison = { width: record.width, what: 'the disparity' };
    tell('disparity', pixelFault(found, disparityTo16Bit(float), comparison));
  } else if (found !== undefined) {
    const pixels = Float32Array.from(found, (value) => value / DISPARITY_UNITS);
    tell('disparity', depthFault(frame, { mask, pixels, step: 1 / DISPARITY_UNITS }));
  }
  return faults;
}

function countFault({ disparity }: FrameRecord, mask: Uint8Array): string | null {
  if (disparity === undefined) return null;
  const names = ['visible', 'occluded', 'outside', 'unknown'] as const;
  const expected = Object.fromEntries(names.map((name) => [name, disparity[name]]));
  const found = Object.fromEntries(
    names.map((name) => [name, mask.reduce((n, v) => n + (v === FLOW_STATE[name] ? 1 : 0), 0)]),
  );
  const differences = diffJson(expected, found);
  if (differences.length === 0) return null;
  return `expected the counts of the record, found ${formatDifferences(differences).trim()}`;
}

type Disparities = Readonly<{
  mask: Uint8Array;
  pixels: Float32Array;
  /** What they were rounded to, pixels. */
  step: number;
}>;

/** The first disparity that is not that of its depth. */
function depthFault(
  { record, depth }: FrameToJudge,
  { mask, pixels, step }: Disparities,
): string | null {
  const { width, camera, disparity } = record;
  const focalBaseline = camera.intrinsics.fx * (disparity?.baselineMeters ?? NaN);
  for (let i = 0; i < pixels.length; i++) {
    const d = pixels[i] ?? NaN;
    const where = `pixel (${i % width}, ${Math.floor(i / width)})`;
    if (mask[i] === FLOW_STATE.unknown) {
      if (d !== 0) return `${where}: expected none, as the mask says, found ${d} pixels`;
      continue;
    }
    const z = depth?.meters[i] ?? 0;
    if (z === 0 || depth === null) continue;
    const expected = focalBaseline / z;
    if (d === 0 && step > 0 && expected * DISPARITY_UNITS >= 65535) continue;
    // Depth of 16 bits leaves half a step of it, 16-bit disparities half of one of theirs.
    const room = (expected / z) * (depth.stepMeters / 2) * 1.01 + step / 2;
    if (Math.abs(d - expected) <= room + ROUNDING_SHARE * expected) continue;
    return `${where}: expected ${expected} pixels at depth ${z} m, found ${d}`;
  }
  return null;
}
