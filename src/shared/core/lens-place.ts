/**
 * A ray by a vector along it (x, y, z; z is 1 but for wide lenses, so that x, y are a place of the image plane at
 * distance 1), where a lens shows it at focal length 1 (bentX, bentY), and the derivatives of the latter by the former, where a lens has them. Filled in again and again, as there is one for each pixel.
 */
export type LensPlace = {
  x: number;
  y: number;
  z: number;
  bentX: number;
  bentY: number;
  xByX: number;
  xByY: number;
  yByX: number;
  yByY: number;
};

export const createPlace = (): LensPlace => ({
  x: 0,
  y: 0,
  z: 1,
  bentX: 0,
  bentY: 0,
  xByX: 0,
  xByY: 0,
  yByX: 0,
  yByY: 0,
});
