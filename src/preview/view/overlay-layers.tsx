import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Size } from '#shared/core/geometry';
import { drawPicture, pointOf } from '#shared/draw/draw-picture';
import type { PixelLayer } from '#shared/draw/overlay';
import { OVERLAY_NAMES, OVERLAYS } from '#shared/draw/overlays';
import { maskLoops } from '#shared/draw/overlays/masks';
import { svgDocument, svgFromShapes, type Shape } from '#shared/draw/shapes';
import type { FrameView } from '../frame/frame-view.ts';
import { hovered, opacity, selected, shown, view } from '../store/store.ts';

/** Draws layers one over the other. */
function paintLayers(canvas: HTMLCanvasElement, layers: readonly PixelLayer[], size: Size): void {
  canvas.width = size.width;
  canvas.height = size.height;
  const target = canvas.getContext('2d');
  for (const { width, height, values } of layers) {
    // Through a canvas of its own: putImageData would replace what lies below rather than cover it.
    const layer = new OffscreenCanvas(width, height);
    const image = new ImageData(new Uint8ClampedArray(values), width, height);
    layer.getContext('2d')?.putImageData(image, 0, 0);
    target?.drawImage(layer, 0, 0);
  }
}

/** The overlays that the frame can have of those that are wanted. */
function drawable(frame: FrameView): readonly (typeof OVERLAY_NAMES)[number][] {
  return OVERLAY_NAMES.filter((name) => {
    const overlay: Readonly<{
      isWritten?:
        ((record: FrameView['record'], of: FrameView['categories']) => boolean) | undefined;
    }> = OVERLAYS[name];
    const written = overlay.isWritten?.(frame.record, frame.categories) ?? true;
    return shown.value.has(name) && written && frame.fileOf(name) !== undefined;
  });
}

/** A frame, and the size in which it is shown, CSS pixels. */
type LayersProps = Readonly<{
  frame: ReadonlySignal<FrameView | null>;
  size: ReadonlySignal<Size>;
}>;

/** Labels over a picture, drawn by the code that `diorama inspect` uses. */
export function OverlayLayers({ frame: source, size }: LayersProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const vectors = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const frame = source.value;
    if (frame === null || canvas.current === null || vectors.current === null) return;
    const { record, categories, polygonTolerance } = frame;
    const { pixels, svg } = drawPicture({
      record,
      categories,
      labels: drawable(frame),
      size: size.value,
      fileOf: (label) => frame.fileOf(label) ?? null,
      polygonTolerance,
    });
    paintLayers(canvas.current, pixels, record);
    // Numbers and colours alone: words are drawn as strokes, so no text of a config is markup here.
    vectors.current.innerHTML = svg;
  });
  return (
    <>
      <canvas ref={canvas} class="layer" style={{ opacity: opacity.value }} />
      <div ref={vectors} class="layer" aria-hidden="true" />
    </>
  );
}

/** The outline of an instance, visible or not worth a label. */
function outlineOf(frame: FrameView, instanceId: number): readonly Shape[] {
  const found = frame.record.annotations.instances.find((one) => one.instanceId === instanceId);
  if (found === undefined) return [];
  const loops = maskLoops(found.segmentation);
  return [
    { kind: 'loops', loops, stroke: [255, 255, 255], strokeWidth: 4 },
    { kind: 'loops', loops, stroke: [13, 148, 136], strokeWidth: 2 },
  ];
}

/** The instance under the pointer, and the one that is selected. */
export function Highlight({ size }: Readonly<{ size: ReadonlySignal<Size> }>): JSX.Element {
  const vectors = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const frame = view.value;
    if (frame === null || vectors.current === null) return;
    const ids = new Set([selected.value ?? 0, hovered.value]);
    const shapes = [...ids].filter((id) => id !== 0).flatMap((id) => outlineOf(frame, id));
    const scale = size.value.width / frame.record.width;
    const body = svgFromShapes(shapes, { scale, point: pointOf(size.value.width) });
    vectors.current.innerHTML = svgDocument(size.value, body);
  });
  return <div ref={vectors} class="layer" aria-hidden="true" />;
}
