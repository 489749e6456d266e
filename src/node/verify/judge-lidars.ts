import type { LidarPoints, LidarRecord, LidarSweep } from '#shared/annotate/lidar/sweep';
import { sparseDepth, sparseDepthTo16Bit } from '#shared/annotate/lidar/sparse-depth';
import type { LidarFileKind } from '#shared/formats/frame-record';
import { sweepFault } from '#shared/verify/check-lidar';
import { decodeLidarPoints } from '../readers/decode-point-cloud.ts';
import { encodeKittiBin, encodeKittiLabel } from '../writers/encode-kitti.ts';
import type { FileFault, FrameToJudge } from './frame-to-judge.ts';
import { pixelFault } from './pixel-fault.ts';

type Judged = Pick<FrameToJudge, 'record' | 'decoded'>;

/**
 * What contradicts in the points of the frame's lidars, file by file; files of KITTI hold no more than a part of
 * what others have, and are those made again, where there are others, and else of the right length.
 */
export function judgeLidars({ record, decoded }: Judged): readonly FileFault[] {
  const sweeps: LidarSweep[] = [];
  const faults: FileFault[] = [];
  const lidars = record.lidars ?? [];
  for (const [i, lidar] of lidars.entries()) {
    const points = judgePoints({ record, decoded }, [lidar, i], faults);
    if (points) sweeps.push({ record: lidar, points });
    judgeKitti(decoded, { lidar, points }, faults);
  }
  const depth = decoded.labels.get('lidar-depth')?.values;
  if (depth === undefined || sweeps.length < lidars.length) return faults;
  const { camera, width } = record;
  const expected = sparseDepthTo16Bit(sparseDepth(sweeps, camera.intrinsics, record));
  const fault = pixelFault(depth, expected, { width, what: '256ths of a metre' });
  return fault === null ? faults : [...faults, { kind: 'lidar-depth', message: fault }];
}

/** The points of a lidar, of the first of its files that has them; undefined where none has. */
function judgePoints(
  { record, decoded }: Judged,
  [lidar, index]: readonly [LidarRecord, number],
  faults: FileFault[],
): LidarPoints | undefined {
  const sample = record.sample.lidars?.[index];
  const found = (['npz', 'ply'] as const).flatMap((extension): LidarPoints[] => {
    const kind: LidarFileKind = `lidar/${lidar.name}.${extension}`;
    const bytes = decoded.sweeps.get(kind);
    const path = record.files[kind]?.path;
    if (bytes === undefined || path === undefined || sample === undefined) return [];
    try {
      const points = decodeLidarPoints(path, bytes);
      const fault = sweepFault(lidar, points, sample);
      if (fault !== null) faults.push({ kind, message: `${fault}.` });
      return [points];
    } catch (error) {
      faults.push({ kind, message: `expected points, ${(error as Error).message}.` });
      return [];
    }
  });
  return found[0];
}

const KITTI = { bin: [encodeKittiBin, 16], label: [encodeKittiLabel, 4] } as const;

function judgeKitti(
  { sweeps }: Judged['decoded'],
  { lidar, points }: Readonly<{ lidar: LidarRecord; points: LidarPoints | undefined }>,
  faults: FileFault[],
): void {
  for (const extension of ['bin', 'label'] as const) {
    const kind: LidarFileKind = `lidar/${lidar.name}.${extension}`;
    const bytes = sweeps.get(kind);
    if (bytes === undefined) continue;
    const [encode, bytesOfPoint] = KITTI[extension];
    const length = lidar.points * bytesOfPoint;
    if (bytes.length !== length)
      faults.push({
        kind,
        message: `expected ${length} bytes for ${lidar.points} points, found ${bytes.length}.`,
      });
    else if (points && !bytes.equals(encode(points)))
      faults.push({ kind, message: 'expected the points of the other file, found others.' });
  }
}
