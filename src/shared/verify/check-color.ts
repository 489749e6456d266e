import { RenderError } from '../core/errors.ts';
import type { Check } from './frame-under-test.ts';
import { contradictionText, pixelAt } from './frame-under-test.ts';

/**
 * The colour image is opaque and not of a single colour. An image of one pixel may be.
 * @throws RenderError `blank` or `internal`.
 */
export function checkColor(check: Check): void {
  const { color } = check.frame.buffers;
  for (let i = 3; i < color.length; i += 4) {
    if (color[i] === 255) continue;
    const text = `colour: ${pixelAt(check, (i - 3) / 4)}: expected alpha 255, found ${color[i]}. The page must send opaque colour.`;
    throw new RenderError('internal', contradictionText(check, text));
  }
  const [red = 0, green = 0, blue = 0] = color.subarray(0, 3);
  if (color.length === 4 || isVaried(color)) return;
  const found = `every pixel is (${red}, ${green}, ${blue})`;
  const text = `colour: expected an image, but ${found}. ${blankAdvice(red, green, blue)}`;
  throw new RenderError('blank', contradictionText(check, text));
}

/** Whether there is a pixel of another colour than the first. */
function isVaried(color: Uint8Array): boolean {
  for (let i = 4; i < color.length; i += 4) {
    if (color[i] !== color[0] || color[i + 1] !== color[1] || color[i + 2] !== color[2])
      return true;
  }
  return false;
}

function blankAdvice(red: number, green: number, blue: number): string {
  if (red + green + blue === 0) {
    return 'Nothing was lit or drawn: check lights, environment.strength, sensor.exposureStops and where the camera stands.';
  }
  if (red + green + blue === 765) {
    return 'Everything is white: lower sensor.exposureStops, the lights or environment.strength.';
  }
  return (
    'The camera may look into the background or stand inside an object: check camera.pose and ' +
    'camera.nearMeters. Or all that it sees has one colour, as white surfaces have under an even sky: add lights.'
  );
}
