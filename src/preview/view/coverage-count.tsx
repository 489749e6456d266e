import type { JSX } from 'preact';
import {
  COVERAGE_FRAMES,
  coverageDrawing,
  coverageProblem,
  coverageStopped,
  rows,
} from '../store/coverage.ts';
import { config, subject } from '../store/store.ts';

function describe(): string {
  const count = rows.value.length;
  if (subject.value === 'dataset') return `${count} frames of the dataset`;
  const { accept, targets } = config.value ?? {};
  const isJudged = accept !== undefined || targets !== undefined;
  const before = isJudged ? ', before what they show is judged' : '';
  return `${count} of ${COVERAGE_FRAMES} frames, drawn without rendering${before}`;
}

/** How many frames the plots hold, and the way to stop the drawing of more. */
export function CoverageCount(): JSX.Element {
  const count = rows.value.length;
  return (
    <div class="coverage-count">
      <p class="note" data-rows={count}>
        {describe()}
      </p>
      {(coverageDrawing.value || coverageStopped.value) && (
        <>
          <progress max={COVERAGE_FRAMES} value={count} aria-label="Frames that are drawn" />
          <button
            type="button"
            class="toggle"
            onClick={() => (coverageStopped.value = !coverageStopped.value)}
          >
            {coverageStopped.value ? 'Go on' : 'Stop'}
          </button>
        </>
      )}
      {coverageProblem.value !== null && (
        <p class="note bad" role="status">
          {coverageProblem.value}
        </p>
      )}
    </div>
  );
}
