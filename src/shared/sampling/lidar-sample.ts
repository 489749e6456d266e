import type { ViewPose } from '../core/view-pose.ts';

/** Of the darkest and the brightest surface. */
export type ReflectanceSample = Readonly<{ from: number; to: number }>;

/** A lidar, drawn. */
export type LidarSample = ViewPose &
  Readonly<{
    name: string;
    relativeTo: 'camera' | 'level' | 'world';
    /** Elevation of each ring, degrees. */
    elevationsDegrees: readonly number[];
    /** To the left, of each ring. */
    azimuthOffsetsDegrees: readonly number[];
    /** `columns` equal shares of it; azimuths to the left. */
    turn: Readonly<{ fromDegrees: number; toDegrees: number; columns: number }>;
    nearMeters: number;
    farMeters: number;
    rangeNoise: Readonly<{ sigmaMeters: number; sigmaShare: number; stepMeters: number }>;
    /** Of surfaces, between which each instance has its own; of some categories, others. */
    reflectance: ReflectanceSample &
      Readonly<{ categories: Readonly<Record<string, ReflectanceSample>> }>;
    intensity: Readonly<{ sigma: number; bits: number }>;
    /** Of the air without weather. */
    attenuationPerMeter: number;
    /** Absent: any light is a return. */
    detection?: Readonly<{ reflectance: number; rangeMeters: number }> | undefined;
    dropOff: Readonly<{ share: number; shareOfDarkest: number; belowIntensity: number }>;
  }>;
