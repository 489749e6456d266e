import { createRequire } from 'node:module';

/** A matrix of OpenCV, as far as tests use it. */
export type CvMat = Readonly<{
  data64F: Float64Array;
  data32F: Float32Array;
  rows: number;
  cols: number;
  delete: () => void;
}>;

/** OpenCV as tests use it. */
export type OpenCv = Readonly<{
  CV_32F: number;
  CV_32FC2: number;
  CV_32FC3: number;
  CV_64F: number;
  CV_64FC3: number;
  CALIB_FIX_K3: number;
  matFromArray: (...shape: [number, number, number, readonly number[]]) => CvMat;
  Mat: new (rows?: number, cols?: number, type?: number) => CvMat;
  MatVector: new () => Readonly<{
    push_back: (mat: CvMat) => void;
    get: (i: number) => CvMat;
    delete: () => void;
  }>;
  Size: new (width: number, height: number) => object;
  TermCriteria: new (type: number, count: number, epsilon: number) => object;
  TermCriteria_COUNT: number;
  TermCriteria_EPS: number;
  projectPoints: (...args: readonly unknown[]) => void;
  fisheye_projectPoints: (...args: readonly unknown[]) => void;
  calibrateCameraExtended: (...args: readonly unknown[]) => number;
}>;

/**
 * OpenCV, compiled to WebAssembly: the second way to what a lens does. Required and in a box, since the module
 * claims to be a promise of itself, which nobody could ever await.
 */
export async function loadOpenCv(): Promise<Readonly<{ cv: OpenCv }>> {
  const require = createRequire(import.meta.url);
  const cv = require('@techstark/opencv-js') as OpenCv & { onRuntimeInitialized?: () => void };
  if (typeof cv.Mat !== 'function')
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve;
    });
  return { cv };
}
