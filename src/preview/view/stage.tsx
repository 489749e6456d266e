import { computed, signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Size } from '#shared/core/geometry';
import { select } from '../store/actions.ts';
import { hovered, making, pointer, view } from '../store/store.ts';
import { Highlight, OverlayLayers } from './overlay-layers.tsx';
import { PictureCanvas } from './picture-canvas.tsx';

/** Room around the picture, CSS pixels. */
const MARGIN = 16;
const MAX_ZOOM = 32;
const ZOOM_STEP = 1.25;

const room = signal<Size>({ width: 0, height: 0 });
/** 1: the whole picture fits. */
const zoom = signal(1);
/** Of the picture's middle from the stage's, CSS pixels. */
const offset = signal({ x: 0, y: 0 });

const fitScale = computed(() => {
  const { width = 640, height = 480 } = view.value?.record ?? {};
  const { width: across, height: down } = room.value;
  return Math.max(0.05, Math.min((across - MARGIN) / width, (down - MARGIN) / height));
});

/** The picture on the screen, CSS pixels. */
const shownSize = computed((): Size => {
  const { width = 640, height = 480 } = view.value?.record ?? {};
  const scale = fitScale.value * zoom.value;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
});

/** Zooms about a point of the stage, which stays where it is. */
function zoomAt(factor: number, at: Readonly<{ x: number; y: number }>): void {
  const next = Math.min(MAX_ZOOM, Math.max(1, zoom.value * factor));
  const ratio = next / zoom.value;
  zoom.value = next;
  offset.value =
    next === 1
      ? { x: 0, y: 0 }
      : {
          x: at.x - (at.x - offset.value.x) * ratio,
          y: at.y - (at.y - offset.value.y) * ratio,
        };
}

/** The pixel of the frame at a place on the screen; null outside of the picture. */
function pixelAt(
  element: HTMLElement,
  event: MouseEvent,
): Readonly<{ x: number; y: number }> | null {
  const frame = view.value;
  if (frame === null) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  const x = Math.floor(((event.clientX - left) / width) * frame.record.width);
  const y = Math.floor(((event.clientY - top) / height) * frame.record.height);
  const inside = x >= 0 && y >= 0 && x < frame.record.width && y < frame.record.height;
  return inside ? { x, y } : null;
}

/** The picture with its labels: wheel and drag look closer, a click selects. */
export function Stage(): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const drag = useRef<Readonly<{ x: number; y: number; moved: boolean }> | null>(null);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      room.value = { width: element.clientWidth, height: element.clientHeight };
    });
    observer.observe(element);
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      const at = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
      zoomAt(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, at);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, []);
  useSignalEffect(() => {
    const { style } = picture.current ?? {};
    if (style === undefined) return;
    style.width = `${shownSize.value.width}px`;
    style.height = `${shownSize.value.height}px`;
    style.transform = `translate(${offset.value.x}px, ${offset.value.y}px)`;
    const isEnlarged = fitScale.value * zoom.value >= 2 && view.value?.draft === false;
    picture.current?.classList.toggle('enlarged', isEnlarged);
  });
  const move = (event: PointerEvent): void => {
    if (picture.current === null) return;
    pointer.value = pixelAt(picture.current, event);
    const from = drag.current;
    if (from === null || (event.buttons & 1) === 0) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    const moved = from.moved || Math.abs(dx) + Math.abs(dy) > 3;
    if (!moved || zoom.value === 1) return;
    offset.value = { x: offset.value.x + dx, y: offset.value.y + dy };
    drag.current = { x: event.clientX, y: event.clientY, moved };
  };
  return (
    <div
      ref={stage}
      class="stage"
      onPointerDown={(event) =>
        (drag.current = { x: event.clientX, y: event.clientY, moved: false })
      }
      onPointerMove={move}
      onPointerLeave={() => (pointer.value = null)}
      onClick={() => {
        if (drag.current?.moved !== true && pointer.value !== null) select(hovered.value);
      }}
      onDblClick={() => zoomAt(1 / MAX_ZOOM, { x: 0, y: 0 })}
    >
      <div ref={picture} class={making.value ? 'frame making' : 'frame'}>
        <PictureCanvas frame={view} />
        <OverlayLayers frame={view} size={shownSize} />
        <Highlight size={shownSize} />
      </div>
      <DraftMark />
    </div>
  );
}

/** Says that the picture is not that of the batch, for as long as it is not. */
function DraftMark(): JSX.Element | null {
  const { draft = false, record } = view.value ?? {};
  if (!draft || record === undefined) return null;
  return (
    <p class="draft-mark number">
      Draft, {record.width} × {record.height}
    </p>
  );
}
