/** Metres unless said otherwise; right-handed, Y up (labels.md §2). */
export type Vec3 = readonly [x: number, y: number, z: number];
/** Unit quaternion, scalar first: [w, x, y, z]. */
export type Quat = readonly [w: number, x: number, y: number, z: number];
/** 4×4, row-major, 16 numbers. */
export type Mat4 = readonly number[];
/** Row-major 3×3 matrix, 9 numbers. */
export type Mat3 = readonly number[];
/** A point of a ground plan, [x, z]. */
export type Vec2 = readonly [number, number];
/** A convex solid: what its points span, in the frame that its owner names. */
export type Hull = readonly Vec3[];
/** Triangles: x, y, z of each vertex, metres; three vertex indices each, anticlockwise seen from outside. Plain JSON. */
export type Triangles = Readonly<{ positions: readonly number[]; indices: readonly number[] }>;
/** Axis-aligned box in the frame that its owner names. */
export type Bounds = Readonly<{ min: Vec3; max: Vec3 }>;
/** Whole pixels. */
export type Size = Readonly<{ width: number; height: number }>;
/**
 * How a lens bends, by coefficients in OpenCV's order (docs/adr/0026-one-lens-for-colour-and-labels.md): of Brown and
 * Conrady k1, k2, p1, p2, k3, k4, k5, k6, s1, s2, s3, s4, 0 where left out at the end; of Kannala and Brandt (a
 * fisheye) k1, k2, k3, k4; of an equirectangular picture none, fx and fy being pixels for each radian of longitude
 * and latitude.
 */
export type Distortion = Readonly<{
  model: 'brown-conrady' | 'kannala-brandt' | 'equirectangular';
  coefficients: readonly number[];
  /**
   * The image shows rays beyond 80° from the axis, or a circle: what is called depth is then measured along the ray
   * (docs/adr/0033-wide-lenses-look-through-faces.md).
   */
  wide?: true | undefined;
  /** Of a fisheye: nothing is seen outside of a circle of this angle across, degrees. */
  imageCircleDegrees?: number | undefined;
}>;
/**
 * Intrinsics in pixels; the origin is the top-left corner of the image (labels.md §1). Without distortion they
 * are a pinhole's.
 */
export type Intrinsics = Readonly<{
  fx: number;
  fy: number;
  cx: number;
  cy: number;
  distortion?: Distortion | undefined;
}>;
/** Linear RGB, 0..1 for reflectances. */
export type LinearRgb = readonly [r: number, g: number, b: number];
