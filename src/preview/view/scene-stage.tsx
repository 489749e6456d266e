import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Size } from '#shared/core/geometry';
import { select } from '../store/actions.ts';
import { freeOrbit, freeProblem, freeRoom, freeView, looking } from '../store/free-camera.ts';
import { orbit, steering, view } from '../store/store.ts';
import { panOrbit, turnOrbit, zoomOrbit, type Orbit } from '../space/orbit.ts';
import { GizmoLayer } from './gizmo-layer.tsx';
import { OverlayLayers } from './overlay-layers.tsx';
import { PictureCanvas } from './picture-canvas.tsx';
import { PixelCanvas } from './pixel-canvas.tsx';

const DEGREES_A_PIXEL = 0.4;
const ZOOM_STEP = 1.15;
/** Of a key: degrees, and shares of the distance. */
const KEY_DEGREES = 6;
const KEY_SHARE = 0.08;
/** How long after the wheel stands still the picture is made well, milliseconds. */
const WHEEL_REST_MS = 250;
/** Width of the sensor's picture beside that of the free camera, CSS pixels. */
const INSET_WIDTH = 232;

const insetSize = computed((): Size => {
  const { width = 4, height = 3 } = view.value?.record ?? {};
  return { width: INSET_WIDTH, height: Math.round((INSET_WIDTH * height) / width) };
});

/** Changes the free camera from where it is. */
function steer(change: (from: Orbit) => Orbit): void {
  const from = freeOrbit.value;
  if (from !== null) orbit.value = change(from);
}

const KEYS: Readonly<Record<string, (from: Orbit) => Orbit>> = {
  ArrowLeft: (from) => turnOrbit(from, -KEY_DEGREES, 0),
  ArrowRight: (from) => turnOrbit(from, KEY_DEGREES, 0),
  ArrowUp: (from) => turnOrbit(from, 0, KEY_DEGREES),
  ArrowDown: (from) => turnOrbit(from, 0, -KEY_DEGREES),
  'Shift+ArrowLeft': (from) => panOrbit(from, -KEY_SHARE, 0),
  'Shift+ArrowRight': (from) => panOrbit(from, KEY_SHARE, 0),
  'Shift+ArrowUp': (from) => panOrbit(from, 0, KEY_SHARE),
  'Shift+ArrowDown': (from) => panOrbit(from, 0, -KEY_SHARE),
  '+': (from) => zoomOrbit(from, 1 / ZOOM_STEP),
  '-': (from) => zoomOrbit(from, ZOOM_STEP),
};

/** Keys that the scene has while it has the focus; the rest are the page's. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
  const change = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  if (change !== undefined) steer(change);
  else if (name === 'Home') orbit.value = null;
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Selects the instance at a place of the picture. */
function pick(element: HTMLElement, event: MouseEvent): void {
  const buffers = freeView.value?.buffers;
  if (buffers === undefined) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  const x = Math.floor(((event.clientX - left) / width) * buffers.width);
  const y = Math.floor(((event.clientY - top) / height) * buffers.height);
  select(buffers.instanceId[y * buffers.width + x] ?? 0);
}

/** The scene by a free camera, what stands behind it, and the sensor's own picture in a corner. */
export function SceneStage(): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  const drag = useRef<Readonly<{ x: number; y: number; moved: boolean }> | null>(null);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      freeRoom.value = { width: element.clientWidth, height: element.clientHeight };
    });
    observer.observe(element);
    let resting: ReturnType<typeof setTimeout> | undefined;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      steering.value = true;
      clearTimeout(resting);
      resting = setTimeout(() => (steering.value = false), WHEEL_REST_MS);
      steer((from) => zoomOrbit(from, event.deltaY < 0 ? 1 / ZOOM_STEP : ZOOM_STEP));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      clearTimeout(resting);
      steering.value = false;
      element.removeEventListener('wheel', wheel);
    };
  }, []);
  const move = (event: PointerEvent): void => {
    const from = drag.current;
    if (from === null || event.buttons === 0) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.abs(dx) + Math.abs(dy) <= 3) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    steering.value = true;
    const shares = 1 / Math.max(1, freeRoom.value.height);
    const pans = event.shiftKey || (event.buttons & 1) === 0;
    steer((orbitNow) =>
      pans
        ? panOrbit(orbitNow, -dx * shares, dy * shares)
        : turnOrbit(orbitNow, -dx * DEGREES_A_PIXEL, dy * DEGREES_A_PIXEL),
    );
  };
  return (
    <div
      ref={stage}
      class="stage scene"
      role="application"
      aria-label="Scene by a free camera: arrow keys go round it, with Shift they move it, + and − look closer, Home goes back"
      tabIndex={0}
      onKeyDown={onKey}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        stage.current?.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY, moved: false };
      }}
      onPointerMove={move}
      onPointerUp={(event) => {
        steering.value = false;
        if (drag.current?.moved === false && stage.current) pick(stage.current, event);
        drag.current = null;
      }}
    >
      <PixelCanvas
        class={looking.value ? 'free making' : 'free'}
        pixels={computed(() => freeView.value?.buffers ?? null)}
      />
      <GizmoLayer />
      <Inset />
      {freeProblem.value !== null && (
        <div class="banner bad" role="alert">
          <strong>The scene cannot be shown.</strong>
          <pre>{freeProblem.value}</pre>
        </div>
      )}
    </div>
  );
}

/** What the sensor sees, with its labels. */
function Inset(): JSX.Element {
  const { width, height } = insetSize.value;
  return (
    <figure class="inset" style={{ width: `${width}px`, height: `${height}px` }}>
      <PictureCanvas frame={view} />
      <OverlayLayers frame={view} size={insetSize} />
      <figcaption>sensor</figcaption>
    </figure>
  );
}
