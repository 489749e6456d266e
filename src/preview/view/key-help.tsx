import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { toggleHelp } from '../store/actions.ts';
import { KEYS } from '../store/keys.ts';
import { helpOpen } from '../store/store.ts';
import { Icon } from './icon.tsx';

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  'Shift+ArrowLeft': '⇧ ←',
  'Shift+ArrowRight': '⇧ →',
  ' ': 'Space',
  Escape: 'Esc',
};

/** Every key that is not beside its button already. */
export function KeyHelp(): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
  }, [helpOpen.value]);
  if (!helpOpen.value) return null;
  return (
    <dialog ref={dialog} class="help" aria-labelledby="keys-title" onClose={toggleHelp}>
      <h2 id="keys-title">Keys</h2>
      <button type="button" class="quiet close" onClick={() => dialog.current?.close()}>
        <Icon name="close" />
        <span class="unseen">Close</span>
      </button>
      <dl>
        {KEYS.map(({ key, title }) => (
          <div key={key}>
            <dt>
              <kbd>{NAMES[key] ?? key.toUpperCase()}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">Each label has its key beside it. A click on an object selects it.</p>
    </dialog>
  );
}
