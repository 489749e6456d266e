/** What float32 and millimetres may do to a depth at the end of a range, metres. */
const ROUNDING_METERS = 0.0006;

/**
 * What is wrong with a measured depth image: each pixel is a hole (0) or within the sensor's range.
 * @param sensor as it was drawn; absent: there is none, and so nothing can have been measured.
 */
export function measuredDepthFault(
  measured: Float32Array,
  sensor: Readonly<{ nearMeters: number; farMeters: number }> | undefined,
): string | null {
  if (sensor === undefined) return 'expected a depth sensor in the sample, found none';
  const { nearMeters, farMeters } = sensor;
  const [least, most] = [nearMeters - ROUNDING_METERS, farMeters + ROUNDING_METERS];
  for (let i = 0; i < measured.length; i++) {
    const z = measured[i] ?? NaN;
    if (z === 0 || (z >= least && z <= most)) continue;
    return `pixel number ${i}: expected 0 or ${nearMeters}..${farMeters} m, found ${z} m`;
  }
  return null;
}
