import type { JSX } from 'preact';
import { lookThroughSensor, toggleGizmos, toggleMode } from '../store/actions.ts';
import { coverageProblem, rows } from '../store/coverage.ts';
import { gizmoSet } from '../store/free-camera.ts';
import { cutPercent, hiddenGizmos, orbit } from '../store/store.ts';
import { MOST_CUT } from '../store/url-state.ts';
import { GIZMO_KINDS, type GizmoKind } from '../space/gizmo.ts';

const TITLES: Readonly<Record<GizmoKind, string>> = {
  sensor: 'Sensor and what it sees',
  region: 'Where the camera may be',
  views: 'Cameras of 500 frames',
  areas: 'Where objects may be',
  lights: 'Lights and where they may be',
  paths: 'Paths over the sequence',
};

function countOf(kind: GizmoKind): number {
  if (kind === 'views') return rows.value.length;
  return gizmoSet.value.gizmos.filter((gizmo) => gizmo.kind === kind).length;
}

/** What is drawn in the scene, and the ways back. */
export function ScenePanel(): JSX.Element {
  const notes = [
    ...gizmoSet.value.notes,
    ...(coverageProblem.value === null ? [] : [coverageProblem.value]),
  ];
  return (
    <section class="panel scene-panel" aria-labelledby="scene-title">
      <h2 id="scene-title">In the scene</h2>
      <div class="gizmo-list" role="group" aria-label="What is drawn">
        {GIZMO_KINDS.map((kind) => (
          <button
            type="button"
            class="overlay"
            key={kind}
            data-gizmos={kind}
            aria-pressed={!hiddenGizmos.value.has(kind)}
            onClick={() => toggleGizmos(kind)}
          >
            <span class={`swatch gizmo-${kind}`} aria-hidden="true" />
            <span class="what">{TITLES[kind]}</span>
            <span class="number">{countOf(kind)}</span>
          </button>
        ))}
      </div>
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      <label
        class="field opacity"
        title="Leaves out what is near the free camera, such as the wall of a room"
      >
        <span>Cut away</span>
        <input
          id="cut"
          type="range"
          min={0}
          max={MOST_CUT}
          value={cutPercent.value}
          onInput={(event) => (cutPercent.value = event.currentTarget.valueAsNumber)}
        />
      </label>
      <div class="group">
        <button
          type="button"
          class="toggle"
          onClick={() => toggleMode('scene')}
          title="Back to the sensor’s picture (C)"
        >
          Back
        </button>
        <button
          type="button"
          class="toggle"
          onClick={lookThroughSensor}
          title="Stand where the sensor is (X)"
        >
          From the sensor
        </button>
        <button
          type="button"
          class="toggle"
          disabled={orbit.value === null}
          onClick={() => (orbit.value = null)}
          title="Beside the sensor again (Home)"
        >
          Reset
        </button>
      </div>
      <p class="note">
        Drag to go round, with Shift or the right button to move, wheel to look closer; a click
        selects. Faint lines lie behind something.
      </p>
    </section>
  );
}
