import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { PreviewChange } from '#shared/protocol/preview-api';
import { copyText } from '../store/actions.ts';
import type { ConfigEditor } from '../store/config-changes.ts';
import { state } from '../store/store.ts';
import { ChangeEditor } from './change-editor.tsx';
import { Icon } from './icon.tsx';

const name = signal('my-config.yaml');

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function Change({
  change,
  editor,
}: Readonly<{ change: PreviewChange; editor: ConfigEditor }>): JSX.Element {
  return (
    <li class="change" data-change={change.path}>
      <div class="parameter-head">
        <code class="what">{change.path}</code>
        <button
          type="button"
          class="quiet"
          title={`Back to what the file says for ${change.path}`}
          onClick={() => editor.undo(change.path)}
        >
          <Icon name="reset" />
          <span class="unseen">Undo {change.path}</span>
        </button>
      </div>
      <p class="was">
        <del>{show(change.was)}</del>
      </p>
      <ChangeEditor change={change} editor={editor} />
    </li>
  );
}

/** What the preview changed, against the file: to go back, to copy, to save. */
export function ChangesPanel({ editor }: Readonly<{ editor: ConfigEditor }>): JSX.Element | null {
  const changes = state.value?.changes ?? [];
  if (changes.length === 0) return null;
  const lines = changes.map(({ path, value }) => `${path}: ${JSON.stringify(value)}`).join('\n');
  return (
    <section class="panel changes" aria-labelledby="changes-title">
      <h2 id="changes-title">
        Changed <span class="faint number">{changes.length}</span>
      </h2>
      <ul>
        {changes.map((change) => (
          <Change change={change} editor={editor} key={change.path} />
        ))}
      </ul>
      <div class="group">
        <button type="button" class="toggle" onClick={editor.undoAll}>
          Undo all
        </button>
        <button type="button" class="toggle" onClick={() => void copyText(lines, 'Changes')}>
          Copy
        </button>
      </div>
      <form
        class="save"
        onSubmit={(event) => {
          event.preventDefault();
          void editor.save(name.value);
        }}
      >
        <label class="field">
          <span>Save as</span>
          <input
            id="save-name"
            type="text"
            spellcheck={false}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="toggle" title="A new config beside this one; comments stay">
          Save
        </button>
      </form>
    </section>
  );
}
