import type { JSX } from 'preact';
import type { PreviewChange } from '#shared/protocol/preview-api';
import { hold, letGo } from '../store/actions.ts';
import type { ConfigEditor } from '../store/config-changes.ts';
import { NumberField } from './number-field.tsx';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  value !== null && typeof value === 'object' ? (value as Fields) : {};

/** Range that a slider of a pinned number has: that of the distribution which it stands for. */
function rangeOf(was: unknown): readonly [min: number, max: number] | null {
  const { min, max } = fieldsOf(was);
  return typeof min === 'number' && typeof max === 'number' && min < max ? [min, max] : null;
}

const isWhole = (was: unknown): boolean => fieldsOf(was)['kind'] === 'integer';

/** Plain values among which the distribution chooses. */
function choicesOf(was: unknown): readonly (string | number | boolean)[] {
  const { values } = fieldsOf(was);
  const list = Array.isArray(values) ? (values as readonly unknown[]) : [];
  return list.filter(
    (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  );
}

/** Moves a pinned value: a slider, a list, a tick or a colour, whatever suits it. */
export function ChangeEditor({
  change: { path, value, was },
  editor,
}: Readonly<{ change: PreviewChange; editor: ConfigEditor }>): JSX.Element {
  const put = (next: unknown): void => editor.put({ path, value: next });
  const choices = choicesOf(was);
  if (choices.length > 0) {
    return (
      <select
        aria-label={path}
        value={JSON.stringify(value)}
        onChange={({ currentTarget }) => put(JSON.parse(currentTarget.value))}
      >
        {choices.map((choice) => (
          <option value={JSON.stringify(choice)} key={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  if (typeof value === 'boolean') {
    return (
      <label class="field">
        <input type="checkbox" checked={value} onChange={() => put(!value)} />
        <span>{path}</span>
      </label>
    );
  }
  if (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)) {
    return (
      <input
        type="color"
        aria-label={path}
        value={value}
        onInput={({ currentTarget }) => {
          hold();
          put(currentTarget.value);
        }}
        onChange={letGo}
      />
    );
  }
  if (typeof value !== 'number') return <code>{JSON.stringify(value)}</code>;
  return <NumberEditor path={path} value={value} was={was} put={put} />;
}

function NumberEditor({
  path,
  value,
  was,
  put,
}: Readonly<{
  path: string;
  value: number;
  was: unknown;
  put(next: number): void;
}>): JSX.Element {
  const range = rangeOf(was);
  return (
    <div class="field">
      {range !== null && (
        <input
          type="range"
          aria-label={path}
          min={range[0]}
          max={range[1]}
          step={isWhole(was) ? 1 : (range[1] - range[0]) / 200}
          value={value}
          onInput={({ currentTarget }) => {
            hold();
            put(currentTarget.valueAsNumber);
          }}
          onChange={letGo}
        />
      )}
      <NumberField label="" title={path} value={value} onChange={put} />
    </div>
  );
}
