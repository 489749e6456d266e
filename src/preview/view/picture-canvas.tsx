import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { FrameView } from '../frame/frame-view.ts';

/** A frame's bytes, as they are: one pixel of the canvas is one of the dataset. */
export function PictureCanvas({
  frame,
}: Readonly<{ frame: ReadonlySignal<FrameView | null> }>): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const current = frame.value;
    const element = canvas.current;
    if (current === null || element === null) return;
    const { width, height } = current.record;
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    element.getContext('2d')?.putImageData(new ImageData(current.color, width, height), 0, 0);
  });
  return <canvas ref={canvas} class="picture" />;
}
