import type { JSX } from 'preact';
import { formatFrames } from '#shared/core/format-frames';
import type { BatchRun } from '#shared/protocol/preview-api';
import {
  batchFolder,
  batchFrames,
  batchProblem,
  mostFrames,
  wantedCount,
  wantedFolder,
  type BatchControl,
} from '../store/batch-control.ts';
import { batchRun, mode, state } from '../store/store.ts';

const PHASES: Readonly<Record<BatchRun['phase'], string>> = {
  running: 'Rendering',
  complete: 'Rendered',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** How the batch that was started last stands. */
function Progress({
  run,
  control,
}: Readonly<{ run: BatchRun; control: BatchControl }>): JSX.Element {
  const { phase, complete, selected, folder, message, renderer, warnings, problems } = run;
  const running = phase === 'running';
  return (
    <div class="batch-run" data-phase={phase} role="status">
      <p>
        {PHASES[phase]}{' '}
        <span class="number">
          {complete} of {selected}
        </span>{' '}
        into <code>{folder}</code>
      </p>
      <progress max={selected} value={complete} aria-label="Frames that are rendered" />
      {message !== null && <p class="faint">{message}</p>}
      {renderer !== null && <p class="faint">{renderer}</p>}
      {warnings.length > 0 && (
        <details>
          <summary>
            Warnings <span class="faint number">{warnings.length}</span>
          </summary>
          <ul>
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {problems.map((text) => (
        <pre class="problem" key={text}>
          {text}
        </pre>
      ))}
      {running ? (
        <button type="button" class="toggle" onClick={() => void control.cancel()}>
          Cancel
        </button>
      ) : (
        complete > 0 && (
          <button type="button" class="toggle" onClick={() => void control.browse(folder)}>
            Browse them
          </button>
        )
      )}
    </div>
  );
}

/** Renders what is shown, by the batch itself. */
export function RenderNow({ control }: Readonly<{ control: BatchControl }>): JSX.Element {
  const frames = batchFrames.value;
  const run = batchRun.value;
  const most = mostFrames.value;
  const unusable = state.value?.inputs === null || state.value?.problem !== null;
  return (
    <form
      class="render-now"
      onSubmit={(event) => {
        event.preventDefault();
        void control.start();
      }}
    >
      <h3>Render now</h3>
      <label class="field">
        <span>Frames</span>
        <input
          id="batch-count"
          type="number"
          min={1}
          max={most}
          value={frames.length}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            (wantedCount.value = Number.isInteger(valueAsNumber)
              ? Math.max(1, Math.min(most, valueAsNumber))
              : null)
          }
        />
      </label>
      <p class="faint number" id="batch-frames">
        {mode.value === 'grid' ? 'Those that the grid shows: ' : 'From the one in view on: '}
        {formatFrames(frames)}
      </p>
      <label class="field">
        <span>Into</span>
        <input
          id="batch-folder"
          type="text"
          spellcheck={false}
          value={batchFolder.value}
          onChange={({ currentTarget: { value } }) =>
            (wantedFolder.value = value.trim() === '' ? null : value)
          }
        />
      </label>
      <button
        type="submit"
        class="toggle"
        disabled={unusable || frames.length === 0 || run?.phase === 'running'}
      >
        Render {frames.length} now
      </button>
      {batchProblem.value !== null && (
        <p class="problem" role="alert">
          {batchProblem.value}
        </p>
      )}
      {run !== null && <Progress run={run} control={control} />}
    </form>
  );
}
