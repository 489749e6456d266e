import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Choice } from '#shared/protocol/preview-api';
import { choiceProblem, choices, type SubjectChooser } from '../store/choose-subject.ts';
import { choosing, state, subject } from '../store/store.ts';

const KINDS = [
  ['config', 'Configs'],
  ['dataset', 'Datasets'],
] as const;

function ChoiceRow({ choice, open }: Readonly<{ choice: Choice; open(): void }>): JSX.Element {
  const { path, name, description, frames, problem } = choice;
  return (
    <li>
      <button
        type="button"
        class="choice"
        data-path={path}
        aria-current={state.value?.configPath === path}
        onClick={open}
      >
        <strong>{name}</strong>
        <span class="number faint">{frames === 1 ? '1 frame' : `${frames} frames`}</span>
        <code class="faint">{path}</code>
        {problem === null ? <span>{description}</span> : <span class="problem">{problem}</span>}
      </button>
    </li>
  );
}

/** The configs and datasets of the project, to choose from. */
export function Chooser({ chooser }: Readonly<{ chooser: SubjectChooser }>): JSX.Element {
  useEffect(() => void chooser.list(), []);
  const found = choices.value;
  return (
    <div class="chooser">
      <h2>What do you want to look at?</h2>
      <p class="faint">
        {found === null ? 'Looking for configs and datasets…' : `In ${found.project}`}
      </p>
      {choiceProblem.value !== null && (
        <pre class="problem" role="alert">
          {choiceProblem.value}
        </pre>
      )}
      {KINDS.map(([kind, title]) => {
        const list = (found?.choices ?? []).filter((choice) => choice.kind === kind);
        return list.length === 0 ? null : (
          <section key={kind} aria-label={title}>
            <h3>{title}</h3>
            <ul>
              {list.map((choice) => (
                <ChoiceRow
                  choice={choice}
                  open={() => void chooser.open(choice.path)}
                  key={choice.path}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {subject.value !== 'none' && (
        <button type="button" class="toggle" onClick={() => (choosing.value = false)}>
          Back
        </button>
      )}
    </div>
  );
}
