import type { JSX } from 'preact';
import { OVERLAYS } from '#shared/draw/overlays';
import type { Overlay } from '#shared/draw/overlay';
import { toggleOverlay } from '../store/actions.ts';
import { OVERLAY_GROUPS, type OverlayChoice } from '../store/overlay-list.ts';
import { opacity, shown, view } from '../store/store.ts';

/** Why the frame in view cannot have an overlay; null where it can. */
function missing({ name }: OverlayChoice): string | null {
  const current = view.value;
  if (current === null) return null;
  const { isWritten, output }: Overlay = OVERLAYS[name];
  if (isWritten?.(current.record, current.categories) === false) {
    return output === undefined ? 'not in this dataset' : `set ${output} in the config`;
  }
  if (shown.value.has(name) && current.fileOf(name) === undefined) {
    return 'not for this frame';
  }
  return null;
}

function OverlayButton({ choice }: Readonly<{ choice: OverlayChoice }>): JSX.Element {
  const reason = missing(choice);
  const key = choice.key.replace('Shift+', '⇧').toUpperCase();
  return (
    <button
      type="button"
      class={reason === null ? 'overlay' : 'overlay missing'}
      data-overlay={choice.name}
      aria-pressed={shown.value.has(choice.name)}
      title={reason === null ? OVERLAYS[choice.name].summary : `${choice.title}: ${reason}`}
      onClick={() => toggleOverlay(choice.name)}
    >
      <span>{choice.title}</span>
      <kbd aria-hidden="true">{key}</kbd>
    </button>
  );
}

/** Every label that can be drawn over the picture. */
export function OverlayPanel(): JSX.Element {
  return (
    <section class="panel" aria-labelledby="labels-title">
      <h2 id="labels-title">Labels</h2>
      {OVERLAY_GROUPS.map((group) => (
        <div class="overlays" role="group" aria-label={group.title} key={group.title}>
          {group.choices.map((choice) => (
            <OverlayButton choice={choice} key={choice.name} />
          ))}
        </div>
      ))}
      <label class="field opacity">
        <span>Image opacity</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={opacity.value}
          onInput={(event) => (opacity.value = event.currentTarget.valueAsNumber)}
        />
      </label>
    </section>
  );
}
