/** Least squares of y over x: the slope, and its standard error where the rest is independent noise. At least three points. */
export function fitSlope(
  points: readonly (readonly [number, number])[],
): Readonly<{ slope: number; error: number }> {
  if (points.length < 3)
    throw new RangeError(`fitSlope: expected three points or more, got ${points.length}`);
  const mean = (axis: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x0, y0] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - y0 - slope * (x - x0)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) };
}
