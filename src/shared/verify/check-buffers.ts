import { countNear16BitLimit, isBeyond16Bit } from '../annotate/depth-to-millimetres.ts';
import { RenderError } from '../core/errors.ts';
import type { Check } from './frame-under-test.ts';
import { contradiction, contradictionText, pixelAt } from './frame-under-test.ts';

/**
 * Every buffer has the length of its image.
 * @throws RenderError `internal`.
 */
export function checkLengths(check: Check): void {
  const { width, height, color, instanceId, depth, normal } = check.frame.buffers;
  const pixels = width * height;
  const lengths = [
    { name: 'colour', expected: pixels * 4, found: color.length },
    { name: 'id image', expected: pixels, found: instanceId.length },
    { name: 'depth', expected: pixels, found: depth.length },
    ...(normal ? [{ name: 'normals', expected: pixels * 3, found: normal.length }] : []),
  ];
  if (!Number.isInteger(width) || !Number.isInteger(height) || pixels < 1) {
    const text = `expected an image of at least 1×1 pixels, found ${width}×${height}.`;
    throw new RenderError('internal', contradictionText(check, text));
  }
  for (const { name, expected, found } of lengths) {
    if (expected === found) continue;
    const text = `${name}: expected ${expected} values for ${width}×${height}, found ${found}.`;
    throw new RenderError('internal', contradictionText(check, text));
  }
}

/**
 * Depth is 0 or a finite positive number, and never 0 where an instance is. The reverse may be:
 * geometry without a category has depth and id 0 (labels.md §3, §6).
 * @throws AnnotationError
 */
export function checkDepth(check: Check): void {
  const { depth, instanceId } = check.frame.buffers;
  const { depthBeyond16Bit } = check.frame.annotations;
  // Float depth in a file is the depth that was rendered.
  const { source, depthStepMeters } = check.options;
  const rounded = source === 'files' && depthStepMeters !== 0;
  let missing = 0;
  let firstMissing = -1;
  let beyond = 0;
  for (let i = 0; i < depth.length; i++) {
    const meters = depth[i] ?? NaN;
    if (!(meters >= 0 && meters < Infinity)) {
      const expected = 'expected 0 or a finite number of metres above it';
      throw contradiction(check, `depth: ${pixelAt(check, i)}: ${expected}, found ${meters}.`);
    }
    if (meters === 0 && instanceId[i] !== 0 && missing++ === 0) firstMissing = i;
    if (isBeyond16Bit(meters)) beyond++;
  }
  if (missing > (rounded ? depthBeyond16Bit : 0)) {
    const where = `${pixelAt(check, firstMissing)}: expected a depth above 0`;
    const found = `found 0 under instance ${instanceId[firstMissing]} (${missing} such pixels)`;
    throw contradiction(
      check,
      `depth: ${where}, ${found}. Is the instance drawn by the depth pass?`,
    );
  }
  checkBeyond16Bit(check, { beyond, stepMeters: rounded ? (depthStepMeters ?? 0.001) : 0 });
}

/** As many pixels are beyond the 16-bit file's reach as the record says; a rounded depth may lack them all. */
function checkBeyond16Bit(
  check: Check,
  { beyond, stepMeters }: Readonly<{ beyond: number; stepMeters: number }>,
): void {
  const { depth } = check.frame.buffers;
  const { depthBeyond16Bit } = check.frame.annotations;
  if (stepMeters > 0 && beyond === 0) return;
  const unsure = stepMeters > 0 ? countNear16BitLimit(depth, stepMeters) : 0;
  if (Math.abs(beyond - depthBeyond16Bit) <= unsure) return;
  const text = `depth: expected ${depthBeyond16Bit} pixels beyond 65.535 m, found ${beyond}.`;
  throw contradiction(check, text);
}
