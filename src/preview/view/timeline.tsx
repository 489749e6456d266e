import type { JSX } from 'preact';
import {
  chooseView,
  goToFrame,
  goToPlace,
  hold,
  letGo,
  stepFrames,
  stepSequences,
  togglePlaying,
} from '../store/actions.ts';
import {
  frameCount,
  frameList,
  momentLength,
  playing,
  sequenceLength,
  viewNames,
  wantedFrame,
  wantedPlace,
} from '../store/store.ts';
import { Icon } from './icon.tsx';

/** Which sequence, and which step of it. */
function SequenceControls(): JSX.Element | null {
  const length = sequenceLength.value;
  if (length === 1 || frameList.value !== null) return null;
  const moment = Math.floor(wantedFrame.value / momentLength.value);
  const index = Math.floor(moment / length);
  const count = Math.ceil(frameCount.value / momentLength.value / length);
  return (
    <div class="group">
      <button
        type="button"
        class="quiet"
        onClick={() => stepSequences(-1)}
        title="Previous sequence ([)"
      >
        <Icon name="previous" />
        <span class="unseen">Previous sequence</span>
      </button>
      <span class="number">
        Sequence {index + 1} of {count}, step {(moment % length) + 1} of {length}
      </span>
      <button
        type="button"
        class="quiet"
        onClick={() => stepSequences(1)}
        title="Next sequence (])"
      >
        <Icon name="next" />
        <span class="unseen">Next sequence</span>
      </button>
    </div>
  );
}

/** The views of the moment, one of which is shown. */
function ViewControls(): JSX.Element | null {
  const names = viewNames.value;
  if (names.length === 0) return null;
  const at = wantedFrame.value;
  return (
    <label class="field">
      <span>View</span>
      <select
        id="view"
        value={at % names.length}
        onChange={(event) => chooseView(Number(event.currentTarget.value))}
      >
        {names.map((name, view) => (
          <option key={name} value={view}>
            {name}
          </option>
        ))}
      </select>
      <span class="faint number">of moment {Math.floor(at / names.length)}</span>
    </label>
  );
}

/** The frames: one after the other, by number, or all of them under the thumb. */
export function Timeline(): JSX.Element {
  const last = Math.max(0, frameCount.value - 1);
  const at = wantedFrame.value;
  const list = frameList.value;
  const most = list === null ? last : Math.max(0, ...list);
  return (
    <section class="timeline" aria-label="Frames">
      <div class="group">
        <button
          type="button"
          class="quiet"
          onClick={() => stepFrames(-1)}
          title="Previous frame (←)"
        >
          <Icon name="previous" />
          <span class="unseen">Previous frame</span>
        </button>
        <button type="button" class="quiet" onClick={togglePlaying} title="Play or pause (space)">
          <Icon name={playing.value ? 'pause' : 'play'} />
          <span class="unseen">{playing.value ? 'Pause' : 'Play'}</span>
        </button>
        <button type="button" class="quiet" onClick={() => stepFrames(1)} title="Next frame (→)">
          <Icon name="next" />
          <span class="unseen">Next frame</span>
        </button>
      </div>
      <input
        id="scrubber"
        class="scrubber"
        type="range"
        min={0}
        max={last}
        value={wantedPlace.value}
        aria-label="Frame"
        aria-valuetext={`frame ${at}`}
        onInput={(event) => {
          hold();
          goToPlace(event.currentTarget.valueAsNumber);
        }}
        onChange={letGo}
      />
      <label class="field">
        <span>Frame</span>
        <input
          id="frame"
          class="number"
          type="number"
          min={0}
          max={most}
          value={at}
          onChange={(event) => goToFrame(event.currentTarget.valueAsNumber || 0)}
        />
        <span class="faint number">
          {list === null ? 'of' : `${wantedPlace.value + 1} of`} {frameCount.value}
        </span>
      </label>
      <ViewControls />
      <SequenceControls />
    </section>
  );
}
