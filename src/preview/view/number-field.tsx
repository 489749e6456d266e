import type { JSX } from 'preact';

type NumberFieldProps = Readonly<{
  label: string;
  title: string;
  value: number;
  onChange(value: number): void;
}>;

/** A number with its name; what is no number changes nothing. */
export function NumberField({ label, title, value, onChange }: NumberFieldProps): JSX.Element {
  return (
    <label class="bound" title={title}>
      <span class="faint">{label}</span>
      <input
        type="number"
        step="any"
        value={Number(value.toPrecision(6))}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
        }}
      />
    </label>
  );
}
