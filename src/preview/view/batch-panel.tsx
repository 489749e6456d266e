import type { JSX } from 'preact';
import { renderCommand, reproduceCommand } from '#shared/formats/reproduce-command';
import type { BatchControl } from '../store/batch-control.ts';
import { copyText } from '../store/actions.ts';
import { state, usedSeed, view, wantedFrame } from '../store/store.ts';
import { RenderNow } from './render-now.tsx';

function Command({ title, command }: Readonly<{ title: string; command: string }>): JSX.Element {
  return (
    <div class="command">
      <h3>{title}</h3>
      <pre>{command}</pre>
      <button type="button" class="toggle" onClick={() => void copyText(command, 'Command')}>
        Copy
      </button>
    </div>
  );
}

/** Gives the frame's sample to the person as a file. */
function downloadSample(): void {
  const frame = view.value;
  if (frame === null) return;
  const text = JSON.stringify(frame.record.sample, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `sample-${frame.record.frame}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

/** From what is in view to the batch: commands to copy, the sample to keep. */
export function BatchPanel({ control }: Readonly<{ control: BatchControl }>): JSX.Element {
  const current = state.value;
  const { configPath = '', sets = [], assetFolders = [] } = current ?? {};
  const job = { configPath, sets, assetFolders };
  return (
    <section class="panel batch" aria-labelledby="batch-title">
      <h2 id="batch-title">In the batch</h2>
      <RenderNow control={control} />
      <Command title="The whole dataset" command={renderCommand(job, usedSeed.value)} />
      <Command
        title={`Frame ${wantedFrame.value} alone`}
        command={reproduceCommand(job, usedSeed.value, wantedFrame.value)}
      />
      <button type="button" class="toggle" onClick={downloadSample} disabled={view.value === null}>
        Download the frame’s sample
      </button>
    </section>
  );
}
