import type { Annotations, GBuffers } from '#shared/annotate/annotations';

/** A frame as goldens keep it. */
export type GoldenFrame = Readonly<{
  buffers: Pick<GBuffers, 'width' | 'height' | 'color' | 'instanceId' | 'depth'>;
  annotations: Annotations;
}>;

/** Greatest difference of a colour channel, bytes, that is not counted. */
export const COLOR_THRESHOLD = 2;
/** Pixels that may differ by more; a count, so that a lost object cannot hide in a large image. */
export const COLOR_PIXELS_BEYOND = 4;
/** Greatest error of depth, metres. */
export const DEPTH_METERS = 1e-4;

/**
 * Why an image is no image at all: of one colour, not opaque, or without any id
 * (docs/adr/0007-golden-policy.md). Null where nothing is wrong.
 */
export function findBlankness({ buffers: { color, instanceId } }: GoldenFrame): string | null {
  const first = color.subarray(0, 3).join();
  let varied = false;
  for (let i = 0; i < color.length; i += 4) {
    if (color[i + 3] !== 255) return `pixel ${i / 4} is not opaque`;
    varied ||= color.subarray(i, i + 3).join() !== first;
  }
  if (!varied) return `every pixel is (${first})`;
  return instanceId.some((id) => id > 0) ? null : 'no pixel has an id';
}

/** What tells two frames of one renderer apart, in words; empty where they match. */
export function compareFrames(actual: GoldenFrame, expected: GoldenFrame): readonly string[] {
  const [a, b] = [actual.buffers, expected.buffers];
  if (a.width !== b.width || a.height !== b.height) {
    return [`size: expected ${b.width}×${b.height}, found ${a.width}×${a.height}`];
  }
  const blank = findBlankness(actual);
  if (blank !== null) return [`blank: ${blank}`];
  return [
    ...compareColor(a, b),
    ...compareIds(a, b),
    ...compareDepth(a, b),
    ...compareAnnotations(actual, expected),
  ];
}

type Buffers = GoldenFrame['buffers'];

/** Greatest difference of the channels of one pixel, bytes. */
export function colorDifference(a: Buffers, b: Buffers, pixel: number): number {
  return Math.max(
    ...[0, 1, 2].map((c) =>
      Math.abs((a.color[pixel * 4 + c] ?? 0) - (b.color[pixel * 4 + c] ?? 0)),
    ),
  );
}

function compareColor(a: Buffers, b: Buffers): readonly string[] {
  let [beyond, greatest] = [0, 0];
  for (let pixel = 0; pixel < a.width * a.height; pixel++) {
    const difference = colorDifference(a, b, pixel);
    greatest = Math.max(greatest, difference);
    if (difference > COLOR_THRESHOLD) beyond++;
  }
  if (beyond <= COLOR_PIXELS_BEYOND) return [];
  return [
    `colour: ${beyond} pixels differ by more than ${COLOR_THRESHOLD}, allowed are ${COLOR_PIXELS_BEYOND}; the greatest difference is ${greatest}`,
  ];
}

function compareIds(a: Buffers, b: Buffers): readonly string[] {
  let wrong = 0;
  for (let i = 0; i < a.instanceId.length; i++)
    wrong += Number(a.instanceId[i] !== b.instanceId[i]);
  return wrong === 0 ? [] : [`ids: ${wrong} pixels differ, none may`];
}

function compareDepth(a: Buffers, b: Buffers): readonly string[] {
  let [greatest, gained] = [0, 0];
  for (let i = 0; i < a.depth.length; i++) {
    const [found, wanted] = [a.depth[i] ?? 0, b.depth[i] ?? 0];
    if ((found === 0) !== (wanted === 0)) gained++;
    greatest = Math.max(greatest, Math.abs(found - wanted));
  }
  if (gained > 0) return [`depth: ${gained} pixels have depth in one of them only`];
  if (!(greatest <= DEPTH_METERS)) {
    return [`depth: the greatest error is ${greatest} m, allowed is ${DEPTH_METERS} m`];
  }
  return [];
}

function compareAnnotations(actual: GoldenFrame, expected: GoldenFrame): readonly string[] {
  const [a, b] = [actual, expected].map(({ annotations }) => JSON.stringify(annotations));
  return a === b ? [] : ['annotations: they differ'];
}
