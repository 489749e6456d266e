import type { JSX } from 'preact';
import type { BatchControl } from '../store/batch-control.ts';
import type { ConfigEditor } from '../store/config-changes.ts';
import { mode, panel, state, subject } from '../store/store.ts';
import { PANELS, type Panel } from '../store/url-state.ts';
import { BatchPanel } from './batch-panel.tsx';
import { DatasetPanel } from './dataset-panel.tsx';
import { InstanceDetails } from './instance-details.tsx';
import { InstancesPanel } from './instances-panel.tsx';
import { OverlayPanel } from './overlay-panel.tsx';
import { ParametersPanel } from './parameters-panel.tsx';
import { ScenePanel } from './scene-panel.tsx';

const TITLES: Readonly<Record<Panel, string>> = {
  labels: 'Labels',
  parameters: 'Parameters',
  batch: 'Batch',
};

const titleOf = (name: Panel): string =>
  name === 'batch' && subject.value === 'dataset' ? 'Dataset' : TITLES[name];

type SideProps = Readonly<{ editor: ConfigEditor; control: BatchControl }>;

/** What stands beside the picture: its labels, what was drawn, or the way to the batch. */
export function Side({ editor, control }: SideProps): JSX.Element {
  const changed = state.value?.changes.length ?? 0;
  return (
    <aside class="side" aria-label="Labels, parameters and batch">
      <div class="tabs" role="tablist">
        {PANELS.map((name) => (
          <button
            type="button"
            role="tab"
            key={name}
            id={`tab-${name}`}
            aria-selected={panel.value === name}
            aria-controls="side-panel"
            onClick={() => (panel.value = name)}
          >
            {titleOf(name)}
            {name === 'parameters' && changed > 0 && <span class="badge number">{changed}</span>}
          </button>
        ))}
      </div>
      <div
        class="side-panel"
        id="side-panel"
        role="tabpanel"
        aria-labelledby={`tab-${panel.value}`}
        tabIndex={0}
      >
        {panel.value === 'labels' && (
          <>
            {mode.value === 'scene' && <ScenePanel />}
            <OverlayPanel />
            {(mode.value === 'single' || mode.value === 'scene') && (
              <>
                <InstanceDetails />
                <InstancesPanel />
              </>
            )}
          </>
        )}
        {panel.value === 'parameters' && <ParametersPanel editor={editor} />}
        {panel.value === 'batch' &&
          (subject.value === 'dataset' ? <DatasetPanel /> : <BatchPanel control={control} />)}
      </div>
    </aside>
  );
}
