import type { JSX } from 'preact';
import { rows } from '../store/coverage.ts';
import { freeRoom, freeView, gizmoSet } from '../store/free-camera.ts';
import { hiddenGizmos, selected, view } from '../store/store.ts';
import { drawDots, drawLines, placeInImage, type LineView } from '../space/draw-lines.ts';
import type { Gizmo } from '../space/gizmo.ts';
import { instanceBox } from '../space/list-gizmos.ts';

/** Lines twice: a dark rim below the colour, so that they stand out on anything. */
function Lines({
  gizmo,
  seen: by,
  name,
}: Readonly<{ gizmo: Gizmo; seen: LineView; name: string }>): JSX.Element {
  const { seen, hidden } = drawLines(by, gizmo.lines);
  const dots = drawDots(by, gizmo.dots ?? []);
  return (
    <g class={`gizmo gizmo-${name}`}>
      {hidden !== '' && <path class="hidden" d={hidden} />}
      {seen !== '' && <path class="rim" d={seen} />}
      {seen !== '' && <path class="line" d={seen} />}
      {dots.hidden !== '' && <path class="dots hidden" d={dots.hidden} />}
      {dots.seen !== '' && <path class="dots rim" d={dots.seen} />}
      {dots.seen !== '' && <path class="dots" d={dots.seen} />}
    </g>
  );
}

function Label({
  gizmo,
  seen,
  scale,
}: Readonly<{ gizmo: Gizmo; seen: LineView; scale: number }>): JSX.Element | null {
  const { label, kind } = gizmo;
  const at = label === undefined ? null : placeInImage(seen, label.at);
  if (label === undefined || at === null) return null;
  return (
    <text class={`gizmo-${kind}`} x={at.x * scale + 6} y={at.y * scale - 6}>
      {label.text}
    </text>
  );
}

/** What stands behind the frame, drawn over what the free camera sees. */
export function GizmoLayer(): JSX.Element | null {
  const seen = freeView.value;
  if (seen === null) return null;
  const { plan, buffers } = seen;
  const room = freeRoom.value;
  // A picture that is made quickly has fewer pixels than there is room; words keep their size.
  const scale = room.width / plan.size.width;
  const by: LineView = { camera: plan.camera, size: plan.size, depth: buffers.depth };
  const gizmos = gizmoSet.value.gizmos.filter(({ kind }) => !hiddenGizmos.value.has(kind));
  const id = selected.value;
  const framePlan = view.value?.plan ?? null;
  const box = id === null || framePlan === null ? null : instanceBox(framePlan, id);
  const views: Gizmo = {
    kind: 'views',
    lines: [],
    dots: rows.value.map(({ camera }) => camera.position),
  };
  return (
    <svg class="layer gizmos" viewBox={`0 0 ${room.width} ${room.height}`} aria-hidden="true">
      <g transform={`scale(${scale})`}>
        {!hiddenGizmos.value.has('views') && <Lines gizmo={views} seen={by} name="views" />}
        {gizmos.map((gizmo, i) => (
          <Lines gizmo={gizmo} seen={by} name={gizmo.kind} key={i} />
        ))}
        {box && <Lines gizmo={box} seen={by} name="selected" />}
      </g>
      {[...gizmos, ...(box ? [box] : [])].map((gizmo, i) => (
        <Label gizmo={gizmo} seen={by} scale={scale} key={i} />
      ))}
    </svg>
  );
}
