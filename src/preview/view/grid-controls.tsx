import type { JSX } from 'preact';
import { commonNumbers, colorRange } from '../store/grid-cells.ts';
import { colorBy, columns, gridOrder } from '../store/store.ts';

const MOST_COLUMNS = 8;

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** The scale that the frames are coloured on. */
function Scale(): JSX.Element | null {
  const range = colorRange.value;
  if (range === null) return null;
  return (
    <span class="scale">
      <span class="number">{short(range[0])}</span>
      <span class="scale-bar" aria-hidden="true" />
      <span class="number">{short(range[1])}</span>
    </span>
  );
}

/** Which frames the grid has, how many side by side, and what colours them. */
export function GridControls(): JSX.Element {
  const choices = [
    ...new Set([...commonNumbers.value, ...(colorBy.value === null ? [] : [colorBy.value])]),
  ];
  return (
    <div class="grid-controls">
      <div class="group" role="group" aria-label="Order of the frames">
        {(['consecutive', 'random'] as const).map((order) => (
          <button
            type="button"
            class="toggle"
            key={order}
            aria-pressed={gridOrder.value === order}
            onClick={() => (gridOrder.value = order)}
          >
            {order === 'consecutive' ? 'In order' : 'Random'}
          </button>
        ))}
      </div>
      <label class="field">
        <span>Columns</span>
        <input
          id="columns"
          type="range"
          min={1}
          max={MOST_COLUMNS}
          value={columns.value}
          onInput={(event) => (columns.value = event.currentTarget.valueAsNumber)}
        />
      </label>
      <label class="field">
        <span>Colour by</span>
        <select
          id="color-by"
          value={colorBy.value ?? ''}
          onChange={({ currentTarget: { value } }) => (colorBy.value = value === '' ? null : value)}
        >
          <option value="">nothing</option>
          {choices.map((path) => (
            <option value={path} key={path}>
              {path}
            </option>
          ))}
        </select>
      </label>
      <Scale />
    </div>
  );
}
