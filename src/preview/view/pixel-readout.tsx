import type { JSX } from 'preact';
import { normalsToRgb } from '#shared/annotate/normals-to-rgb';
import { isWide } from '#shared/core/pinhole';
import { hovered, pointer, view } from '../store/store.ts';

/** A name beside its value. */
function Figure({ name, value }: Readonly<{ name: string; value: string }>): JSX.Element {
  return (
    <span class="figure">
      <span class="faint">{name}</span> <span class="number">{value}</span>
    </span>
  );
}

/** The pixel under the pointer, in the dataset's own numbers. */
export function PixelReadout(): JSX.Element {
  const frame = view.value;
  const at = pointer.value;
  if (frame === null || at === null) {
    return (
      <p class="readout faint">Point at the picture to read a pixel; the wheel looks closer.</p>
    );
  }
  const { width, camera } = frame.record;
  const i = at.y * width + at.x;
  const rgb = [...frame.color.subarray(i * 4, i * 4 + 3)];
  const depth = frame.depth?.[i];
  const normal = frame.normal?.subarray(i * 3, i * 3 + 3);
  return (
    <p class="readout">
      <Figure name="x, y" value={`${at.x}, ${at.y}`} />
      <Figure name="colour" value={rgb.join(' ')} />
      {frame.instanceId !== null && <Figure name="id" value={String(hovered.value)} />}
      {depth !== undefined && (
        <Figure
          name={isWide(camera.intrinsics) ? 'range' : 'depth'}
          value={depth === 0 ? 'nothing' : `${depth.toFixed(3)} m`}
        />
      )}
      {normal !== undefined && (
        <Figure
          name="normal"
          value={
            normal.every((part) => part === 0)
              ? 'nothing'
              : `${[...normal].map((part) => part.toFixed(2)).join(' ')} (${[...normalsToRgb(normal)].join(' ')})`
          }
        />
      )}
    </p>
  );
}
