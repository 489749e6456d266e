import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { hexFromRgb } from '#shared/draw/oklab';
import { turboColor } from '#shared/draw/turbo-color';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { openFrame } from '../store/actions.ts';
import { COVERAGE_FRAMES, rows } from '../store/coverage.ts';
import { config, dataset, view } from '../store/store.ts';
import { axesOf, scaleOf, type Axis } from '../frame/coverage-axes.ts';
import { CameraGlobe } from './camera-globe.tsx';
import { CoverageCount } from './coverage-count.tsx';
import { ScatterPlot } from './scatter-plot.tsx';

/** Names of what is plotted; null: the first that suits. */
const acrossName = signal<string | null>(null);
const upName = signal<string | null>(null);
const colorName = signal('camera distance (m)');

const axes = computed(() => axesOf(rows.value));

function AxisChoice({
  title,
  id,
  value,
  choose,
}: Readonly<{
  title: string;
  id: string;
  value: string;
  choose(name: string): void;
}>): JSX.Element {
  return (
    <label class="field">
      <span>{title}</span>
      <select id={id} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {axes.value.map(({ name }) => (
          <option value={name} key={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const axisNamed = (name: string | null, otherwise: number): Axis | undefined =>
  axes.value.find((axis) => axis.name === name) ?? axes.value[otherwise];

/** The colour of a row on the scale of what colours them. */
const colorOf = computed(() => {
  const axis = axisNamed(colorName.value, 0);
  const scale = scaleOf(rows.value.flatMap((row) => axis?.valueOf(row) ?? []));
  return (row: DrawnRow): string => {
    const value = axis?.valueOf(row);
    return value === undefined || scale === null
      ? 'var(--faint)'
      : hexFromRgb(turboColor(0.08 + 0.84 * scale.placeOf(value)));
  };
});

/** The frame in view as a row. */
const inView = computed((): DrawnRow | null => {
  const { record } = view.value ?? {};
  if (record === undefined) return null;
  const { draws, camera } = record.sample;
  return { frame: record.frame, draws, camera };
});

/** The rows with the frame in view, whose draws are those of this dataset, not of one with 500 frames. */
function withFrameInView(
  list: readonly DrawnRow[],
  own: DrawnRow | null,
  same: boolean,
): readonly DrawnRow[] {
  if (own === null || (same && list.some(({ frame }) => frame === own.frame))) return list;
  return same ? [...list, own] : list;
}

/** What frames draw, without pictures: one thing against another, and from where cameras look. */
export function CoverageStage(): JSX.Element {
  const [x, y] = [axisNamed(acrossName.value, 1), axisNamed(upName.value, 2)];
  // A config of fewer frames is drawn as if it had more, which moves draws that are spread over all frames.
  const same = dataset.value !== null || (config.value?.frames ?? 0) >= COVERAGE_FRAMES;
  const shown = withFrameInView(rows.value, inView.value, same);
  const open = same ? (row: DrawnRow): void => openFrame(row.frame) : null;
  const mark = same ? inView.value : null;
  const common = { rows: shown, mark, colorOf: colorOf.value, open };
  return (
    <div class="coverage-view">
      <div class="grid-controls">
        <AxisChoice
          title="Across"
          id="axis-x"
          value={x?.name ?? ''}
          choose={(name) => (acrossName.value = name)}
        />
        <AxisChoice
          title="Up"
          id="axis-y"
          value={y?.name ?? ''}
          choose={(name) => (upName.value = name)}
        />
        <AxisChoice
          title="Colour"
          id="axis-color"
          value={colorName.value}
          choose={(name) => (colorName.value = name)}
        />
        <CoverageCount />
      </div>
      <div class="plots">
        {x && y && <ScatterPlot {...common} x={x} y={y} />}
        <CameraGlobe {...common} />
      </div>
    </div>
  );
}
