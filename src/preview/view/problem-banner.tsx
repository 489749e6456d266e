import type { JSX } from 'preact';
import type { ConfigIssue } from '#shared/core/errors';
import {
  frameFaults,
  frameProblem,
  mode,
  state,
  subject,
  view,
  wantedFrame,
} from '../store/store.ts';

function Issue({ issue }: Readonly<{ issue: ConfigIssue }>): JSX.Element {
  const { source, position, path, message, suggestion } = issue;
  const at = position === undefined ? source : `${source}:${position.line}:${position.column}`;
  return (
    <li>
      <code class="place">{at}</code> {path !== '' && <code>{path}</code>} {message}{' '}
      {suggestion !== undefined && <span class="faint">{suggestion}</span>}
    </li>
  );
}

/** What stands between the files on disk and a new picture; the last good one stays below. */
export function ProblemBanner(): JSX.Element | null {
  const problem = state.value?.problem ?? null;
  const refusal = view.value?.refusal ?? null;
  if (problem !== null) {
    const { issues, message } = problem;
    return (
      <div class="banner bad" role="alert">
        <strong>
          {issues.length === 0
            ? subject.value === 'dataset'
              ? 'The dataset on disk cannot be used.'
              : 'The files on disk cannot be used.'
            : issues.length === 1
              ? 'The config has a problem.'
              : `The config has ${issues.length} problems.`}
        </strong>
        <span class="faint"> Mend it and save: the picture follows.</span>
        {issues.length === 0 ? (
          <pre>{message}</pre>
        ) : (
          <ul>
            {issues.map((issue, i) => (
              <Issue issue={issue} key={i} />
            ))}
          </ul>
        )}
      </div>
    );
  }
  if (frameProblem.value !== null) {
    return (
      <div class="banner bad" role="alert">
        <strong>
          Frame {wantedFrame.value} cannot be {subject.value === 'dataset' ? 'shown' : 'made'}.
        </strong>
        <pre>{frameProblem.value}</pre>
      </div>
    );
  }
  if (mode.value === 'single' && frameFaults.value.length > 0) {
    return (
      <div class="banner bad faults" role="alert">
        <strong>Something is wrong with frame {view.value?.record.frame}.</strong>
        <ul>
          {frameFaults.value.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      </div>
    );
  }
  if (refusal === null) return null;
  return (
    <div class="banner" role="alert">
      <strong>The batch would refuse this frame.</strong>
      <pre>{refusal}</pre>
    </div>
  );
}
