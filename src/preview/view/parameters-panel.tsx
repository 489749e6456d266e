import type { JSX } from 'preact';
import {
  editableNumbers,
  kindOf,
  parameterGroups,
  showDrawn,
  type ParameterRow,
} from '../frame/parameter-rows.ts';
import { configValue, type ConfigEditor } from '../store/config-changes.ts';
import { spreads } from '../store/coverage.ts';
import { subject, view } from '../store/store.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { CoverageCount } from './coverage-count.tsx';
import { HistogramPlot } from './histogram-plot.tsx';
import { NumberField } from './number-field.tsx';

/** Whether the config states this very thing at the path, so that it can be changed there. */
function isStated({ parameter, stated }: ParameterRow): boolean {
  if (subject.value !== 'config') return false;
  return JSON.stringify(configValue(parameter)) === JSON.stringify(stated);
}

function Parameter({
  row,
  editor,
}: Readonly<{ row: ParameterRow; editor: ConfigEditor }>): JSX.Element {
  const { parameter, name, stated, values } = row;
  const [first = ''] = values;
  const drawn = spreads.value.get(parameter) ?? values;
  const changeable = isStated(row);
  return (
    <li class="parameter" data-parameter={parameter}>
      <div class="parameter-head">
        <span class="what" title={parameter}>
          {name}
        </span>
        <span class="faint">{kindOf(stated)}</span>
        <span class="number value">
          {showDrawn(first)}
          {values.length > 1 && <span class="faint"> +{values.length - 1}</span>}
        </span>
        {changeable && (
          <button
            type="button"
            class="pin"
            title={`Keep ${parameter} at this value`}
            onClick={() => editor.put({ path: parameter, value: first })}
          >
            Pin
          </button>
        )}
      </div>
      <HistogramPlot values={drawn} marks={values} />
      {changeable && (
        <div class="bounds">
          {editableNumbers(stated).map((field) => (
            <NumberField
              key={field.name}
              label={field.name}
              title={`${parameter}.${field.name}`}
              value={field.value}
              onChange={(value) => editor.put({ path: `${parameter}.${field.name}`, value })}
            />
          ))}
        </div>
      )}
    </li>
  );
}

/** Everything that the frame drew, with how it is spread over frames, to be pinned or moved. */
export function ParametersPanel({ editor }: Readonly<{ editor: ConfigEditor }>): JSX.Element {
  const groups = parameterGroups(view.value?.parameters ?? []);
  return (
    <>
      <ChangesPanel editor={editor} />
      <section class="panel parameters" aria-labelledby="parameters-title">
        <h2 id="parameters-title">Parameters</h2>
        <p class="note">Bars: what frames draw. Lines: what this frame drew.</p>
        <CoverageCount />
        {groups.map(({ title, rows }) => (
          <details open key={title}>
            <summary>
              {title} <span class="faint number">{rows.length}</span>
            </summary>
            <ul>
              {rows.map((row) => (
                <Parameter row={row} editor={editor} key={row.parameter} />
              ))}
            </ul>
          </details>
        ))}
      </section>
    </>
  );
}
