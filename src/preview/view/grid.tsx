import { computed, useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hexFromRgb } from '#shared/draw/oklab';
import { turboColor } from '#shared/draw/turbo-color';
import { openFrame } from '../store/actions.ts';
import { cells, cellsInSight, colorRange, gridFrames } from '../store/grid-cells.ts';
import { colorBy, columns, config } from '../store/store.ts';
import { GridControls } from './grid-controls.tsx';
import { OverlayLayers } from './overlay-layers.tsx';
import { PictureCanvas } from './picture-canvas.tsx';

/** Width of a grid's picture for its labels: lines and words of about the size that they have on the screen. */
const LABEL_WIDTH = 320;

const labelSize = computed(() => {
  const { width = 4, height = 3 } = config.value?.image ?? {};
  return { width: LABEL_WIDTH, height: Math.round((LABEL_WIDTH * height) / width) };
});

/** Colour of a frame on the scale of the parameter that is chosen; null: it has none. */
function colorOf(frame: number): string | null {
  const path = colorBy.value;
  const range = colorRange.value;
  const value = path === null ? undefined : drawOf(frame, path);
  if (range === null || typeof value !== 'number') return null;
  const [least, most] = range;
  return hexFromRgb(turboColor(most === least ? 0.5 : (value - least) / (most - least)));
}

const drawOf = (frame: number, path: string): unknown =>
  cells.value.get(frame)?.frame?.record.sample.draws[path];

/** One frame of the grid: its picture once it is there, its number before. */
function GridCell({ index }: Readonly<{ index: number }>): JSX.Element {
  const frame = useComputed(() => cells.value.get(index)?.frame ?? null);
  const problem = cells.value.get(index)?.problem ?? null;
  const color = colorOf(index);
  const value = colorBy.value === null ? undefined : drawOf(index, colorBy.value);
  return (
    <button
      type="button"
      class="cell"
      data-frame={index}
      data-made={frame.value !== null}
      style={color === null ? undefined : { outline: `3px solid ${color}` }}
      title={problem ?? `Open frame ${index}`}
      onClick={() => openFrame(index)}
    >
      {frame.value !== null && (
        <>
          <PictureCanvas frame={frame} />
          <OverlayLayers frame={frame} size={labelSize} />
        </>
      )}
      {problem !== null && <span class="cell-problem">{problem}</span>}
      <span class="cell-number number">
        {index}
        {typeof value === 'number' && `: ${Number(value.toPrecision(4))}`}
      </span>
    </button>
  );
}

/** Many frames side by side, made as they come into sight. */
export function Grid(): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const watch = useRef<IntersectionObserver | null>(null);
  useEffect(() => {
    watch.current = new IntersectionObserver(
      (entries) => {
        const next = new Set(cellsInSight.value);
        for (const { target, isIntersecting } of entries) {
          const index = Number((target as HTMLElement).dataset['frame']);
          if (isIntersecting) next.add(index);
          else next.delete(index);
        }
        cellsInSight.value = next;
      },
      { root: list.current },
    );
    return () => {
      watch.current?.disconnect();
      cellsInSight.value = new Set();
    };
  }, []);
  useSignalEffect(() => {
    const known = new Set(gridFrames.value);
    cellsInSight.value = new Set([...cellsInSight.peek()].filter((index) => known.has(index)));
    // The cells of these frames are there once this change was drawn.
    requestAnimationFrame(() => {
      watch.current?.disconnect();
      for (const cell of list.current?.querySelectorAll('.cell') ?? [])
        watch.current?.observe(cell);
    });
  });
  const { width = 4, height = 3 } = config.value?.image ?? {};
  return (
    <div class="grid-view">
      <GridControls />
      <div
        ref={list}
        class="grid"
        style={{ '--columns': columns.value, '--aspect': `${width} / ${height}` }}
      >
        {gridFrames.value.map((index) => (
          <GridCell index={index} key={index} />
        ))}
      </div>
    </div>
  );
}
