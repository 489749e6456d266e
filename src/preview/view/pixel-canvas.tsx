import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

/** Pixels: [H, W, 4] sRGB. */
export type Pixels = Readonly<{
  width: number;
  height: number;
  color: Uint8Array | Uint8ClampedArray;
}>;

/** Bytes, as they are: one pixel of the canvas is one of theirs. */
export function PixelCanvas({
  pixels,
  class: name,
}: Readonly<{ pixels: ReadonlySignal<Pixels | null>; class: string }>): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const current = pixels.value;
    const element = canvas.current;
    if (current === null || element === null) return;
    const { width, height, color } = current;
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    const image = new ImageData(new Uint8ClampedArray(color), width, height);
    element.getContext('2d')?.putImageData(image, 0, 0);
  });
  return <canvas ref={canvas} class={name} />;
}
