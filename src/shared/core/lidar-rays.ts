import { cos, DEGREE, sin } from './portable-math.ts';

/** The angles of a lidar's rays, degrees. */
export type LidarAngles = Readonly<{
  /** Upwards, of each ring. */
  elevationsDegrees: readonly number[];
  /** To the left, of each ring, beside the azimuth of the column. */
  azimuthOffsetsDegrees: readonly number[];
  turn: Readonly<{ fromDegrees: number; toDegrees: number; columns: number }>;
}>;

/** How many rays a lidar has: rings × columns, numbered ring by ring. */
export const rayCount = ({ elevationsDegrees, turn }: LidarAngles): number =>
  elevationsDegrees.length * turn.columns;

/**
 * Unit directions of a lidar's rays in its own frame (x forward, y left, z up; REP 103):
 * (cos e · cos a, cos e · sin a, sin e) at elevation e and azimuth a, columns in the middles of equal shares of the turn.
 * @returns [rings, columns, 3].
 */
export function lidarDirections({
  elevationsDegrees,
  azimuthOffsetsDegrees,
  turn: { fromDegrees, toDegrees, columns },
}: LidarAngles): Float64Array {
  const directions = new Float64Array(elevationsDegrees.length * columns * 3);
  const step = (toDegrees - fromDegrees) / columns;
  /** Cosine and sine of the columns' azimuths, by offset. */
  const turned = new Map<number, Float64Array>();
  const azimuthsAt = (offset: number): Float64Array => {
    const known = turned.get(offset);
    if (known) return known;
    const made = new Float64Array(columns * 2);
    for (let column = 0; column < columns; column++) {
      const azimuth = (fromDegrees + (column + 0.5) * step + offset) * DEGREE;
      made[column * 2] = cos(azimuth);
      made[column * 2 + 1] = sin(azimuth);
    }
    turned.set(offset, made);
    return made;
  };
  for (const [ring, elevation] of elevationsDegrees.entries()) {
    const [across, up] = [cos(elevation * DEGREE), sin(elevation * DEGREE)];
    const azimuths = azimuthsAt(azimuthOffsetsDegrees[ring] ?? 0);
    for (let column = 0, to = ring * columns * 3; column < columns; column++, to += 3) {
      directions[to] = across * (azimuths[column * 2] ?? NaN);
      directions[to + 1] = across * (azimuths[column * 2 + 1] ?? NaN);
      directions[to + 2] = up;
    }
  }
  return directions;
}

/** Directions as the page draws along them: OpenCV's axes in place of the lidar's, (−y, −z, x). */
export function opticalDirections(directions: Float64Array): Float64Array {
  const turned = new Float64Array(directions.length);
  for (let i = 0; i < directions.length; i += 3) {
    const [x = NaN, y = NaN, z = NaN] = [directions[i], directions[i + 1], directions[i + 2]];
    turned[i] = -y;
    turned[i + 1] = -z;
    turned[i + 2] = x;
  }
  return turned;
}
