import type { JSX } from 'preact';
import type { ConfigEditor } from '../store/config-changes.ts';
import { mode, panel, state } from '../store/store.ts';
import { PANELS, type Panel } from '../store/url-state.ts';
import { BatchPanel } from './batch-panel.tsx';
import { InstanceDetails } from './instance-details.tsx';
import { InstancesPanel } from './instances-panel.tsx';
import { OverlayPanel } from './overlay-panel.tsx';
import { ParametersPanel } from './parameters-panel.tsx';

const TITLES: Readonly<Record<Panel, string>> = {
  labels: 'Labels',
  parameters: 'Parameters',
  batch: 'Batch',
};

/** What stands beside the picture: its labels, what was drawn, or the way to the batch. */
export function Side({ editor }: Readonly<{ editor: ConfigEditor }>): JSX.Element {
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
            {TITLES[name]}
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
            <OverlayPanel />
            {mode.value === 'single' && (
              <>
                <InstanceDetails />
                <InstancesPanel />
              </>
            )}
          </>
        )}
        {panel.value === 'parameters' && <ParametersPanel editor={editor} />}
        {panel.value === 'batch' && <BatchPanel />}
      </div>
    </aside>
  );
}
