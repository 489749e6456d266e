import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { directionFromAngles } from '#shared/sampling/sample-place';
import {
  createGlobe,
  globePaths,
  GRATICULE,
  type GlobePoint,
  type GlobeView,
} from '../space/globe.ts';
import { orbitOf } from '../space/orbit.ts';

const START: GlobeView = { azimuthDegrees: 30, elevationDegrees: 25 };
const DEGREES_A_PIXEL = 0.5;
const KEY_DEGREES = 10;
const RIM = 1.18;

const from = signal(START);

function turn(azimuth: number, elevation: number): void {
  const { azimuthDegrees, elevationDegrees } = from.value;
  from.value = {
    azimuthDegrees: azimuthDegrees + azimuth,
    elevationDegrees: Math.min(89, Math.max(-89, elevationDegrees + elevation)),
  };
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-KEY_DEGREES, 0],
  ArrowRight: [KEY_DEGREES, 0],
  ArrowUp: [0, KEY_DEGREES],
  ArrowDown: [0, -KEY_DEGREES],
};

const AXES = [
  ['+Z', directionFromAngles(0, 0)],
  ['+X', directionFromAngles(90, 0)],
  ['−Z', directionFromAngles(180, 0)],
  ['−X', directionFromAngles(270, 0)],
  ['up', directionFromAngles(0, 90)],
] as const;

const range = (values: readonly number[], unit: string): string => {
  if (values.length === 0) return 'none';
  const ends = [Math.min(...values), Math.max(...values)].map((value) =>
    String(Number(value.toPrecision(3))),
  );
  return `${ends[0]}..${ends[1]}${unit}`;
};

function describe(rows: readonly DrawnRow[]): string {
  const orbits = rows.map(({ camera }) => orbitOf(camera.position, camera.target));
  const elevations = range(
    orbits.map(({ elevationDegrees }) => elevationDegrees),
    '°',
  );
  const distances = range(
    orbits.map(({ distanceMeters }) => distanceMeters),
    ' m',
  );
  return `elevation ${elevations}, distance ${distances}`;
}

type GlobeProps = Readonly<{
  rows: readonly DrawnRow[];
  mark: DrawnRow | null;
  colorOf(row: DrawnRow): string;
  open: ((row: DrawnRow) => void) | null;
}>;

/** From which sides cameras look at their targets, on a sphere that can be turned. */
export function CameraGlobe({ rows, mark, colorOf, open }: GlobeProps): JSX.Element {
  const drag = useRef<Readonly<{ x: number; y: number }> | null>(null);
  const project = createGlobe(from.value);
  const placeOf = ({ camera }: DrawnRow): GlobePoint => {
    const { azimuthDegrees, elevationDegrees } = orbitOf(camera.position, camera.target);
    return project(directionFromAngles(azimuthDegrees, elevationDegrees));
  };
  const net = globePaths(project, GRATICULE);
  const points = rows.map((row) => ({ row, at: placeOf(row) }));
  const marked = mark && placeOf(mark);
  return (
    <figure class="plot">
      <svg
        class="globe"
        viewBox={`${-RIM} ${-RIM} ${2 * RIM} ${2 * RIM}`}
        role="application"
        aria-label={`Cameras of ${rows.length} frames on the sphere about their targets: ${describe(rows)}. Arrow keys turn it.`}
        tabindex={0}
        onKeyDown={(event) => {
          const step = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
          if (step === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          turn(...step);
        }}
        onPointerDown={(event) => (drag.current = { x: event.clientX, y: event.clientY })}
        onPointerMove={(event) => {
          if (drag.current === null || event.buttons === 0) return;
          const [dx, dy] = [event.clientX - drag.current.x, event.clientY - drag.current.y];
          drag.current = { x: event.clientX, y: event.clientY };
          turn(-dx * DEGREES_A_PIXEL, dy * DEGREES_A_PIXEL);
        }}
        onPointerUp={() => (drag.current = null)}
      >
        <circle class="plot-ground" r={1} />
        <path class="net back" d={net.back} />
        {points.map(({ row, at }) =>
          at.front ? null : (
            <circle key={row.frame} class="dot back" cx={at.x} cy={at.y} r={0.014} />
          ),
        )}
        <path class="net" d={net.front} />
        {AXES.map(([name, direction]) => {
          const at = project(direction);
          return (
            <text
              key={name}
              class={at.front ? '' : 'back'}
              x={at.x * 1.09}
              y={at.y * 1.09 + 0.025}
              text-anchor="middle"
            >
              {name}
            </text>
          );
        })}
        {points.map(({ row, at }) =>
          at.front ? (
            <circle
              key={row.frame}
              class={open === null ? 'dot' : 'dot open'}
              cx={at.x}
              cy={at.y}
              r={0.018}
              style={{ fill: colorOf(row) }}
              onClick={() => open?.(row)}
            >
              <title>{`frame ${row.frame}`}</title>
            </circle>
          ) : null,
        )}
        {marked && <circle class="mark" cx={marked.x} cy={marked.y} r={0.04} />}
      </svg>
      <figcaption>{describe(rows)}</figcaption>
    </figure>
  );
}
