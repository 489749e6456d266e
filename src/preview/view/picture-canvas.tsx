import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { FrameView } from '../frame/frame-view.ts';
import { PixelCanvas } from './pixel-canvas.tsx';

/** A frame's picture. */
export function PictureCanvas({
  frame,
}: Readonly<{ frame: ReadonlySignal<FrameView | null> }>): JSX.Element {
  const pixels = useComputed(() => {
    const current = frame.value;
    if (current === null) return null;
    const { width, height } = current.record;
    return { width, height, color: current.color };
  });
  return <PixelCanvas class="picture" pixels={pixels} />;
}
