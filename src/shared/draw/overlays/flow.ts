import type { FlowDirection } from '../../annotate/frame-flows.ts';
import { flowColor } from '../flow-color.ts';
import { flowOf, type FlowMap } from '../flow-map.ts';
import type { Overlay } from '../overlay.ts';
import { roundMarks } from '../scale-bar.ts';

/** Pixels without a flow: no colour of the wheel. */
const NOTHING = [0, 0, 0, 255] as const;
/** Radius of the wheel that says what colours mean, as a share of the picture's lesser side. */
const KEY_SHARE = 0.1;
/** Its rim, pixels. */
const RIM = 2;

function longestOf({ uv, known }: FlowMap): number {
  let longest = 0;
  for (let i = 0; i < known.length; i++) {
    if (known[i] === 1) longest = Math.max(longest, Math.hypot(uv[i * 2] ?? 0, uv[i * 2 + 1] ?? 0));
  }
  return longest;
}

/** Paints the wheel at the lower right: the colour of a flow from its middle to each place of it. */
function paintKey(values: Uint8Array, { width, height }: FlowMap): void {
  const radius = Math.floor(Math.min(width, height) * KEY_SHARE);
  if (radius < 4) return;
  const [cx, cy] = [width - radius - 2 * RIM, height - radius - 2 * RIM];
  const reach = radius + RIM;
  for (let y = cy - reach; y <= cy + reach; y++) {
    for (let x = cx - reach; x <= cx + reach; x++) {
      const [u, v] = [(x - cx) / radius, (y - cy) / radius];
      const length = Math.hypot(u, v);
      if (length > reach / radius) continue;
      values.set(length > 1 ? NOTHING : [...flowColor(u, v), 255], (y * width + x) * 4);
    }
  }
}

/**
 * Optical flow in the colours of Middlebury's wheel, which stands at the lower right: hue is the direction,
 * saturation the length, with a scale in pixels up to the longest of the frame. Unknown is black. The last
 * frame of a sequence has no flow forward, and the first none backward: their pictures are left as they are.
 */
const flowOverlay = (direction: FlowDirection): Overlay => ({
  summary: `optical flow to the ${direction === 'forward' ? 'next' : 'previous'} frame in Middlebury's colours, with a scale in pixels`,
  files: [`flow-${direction}`],
  categoryColors: false,
  output: `outputs.flow.${direction}`,
  mayLack: (_, { outputs }) => outputs.flow[direction] !== 'none',
  draw: ({ file }) => {
    if (file === null) return {};
    const map = flowOf(file.map);
    const { width, height, uv, known } = map;
    const longest = longestOf(map);
    const values = new Uint8Array(width * height * 4);
    for (let i = 0; i < known.length; i++) {
      const share = (axis: 0 | 1): number =>
        longest === 0 ? 0 : (uv[i * 2 + axis] ?? 0) / longest;
      values.set(known[i] === 1 ? [...flowColor(share(0), share(1)), 255] : NOTHING, i * 4);
    }
    paintKey(values, map);
    const pixels = { width, height, values };
    if (longest === 0) return { pixels };
    return {
      pixels,
      scaleBar: {
        unit: 'px',
        colorAt: (x) => flowColor(x, 0),
        marks: roundMarks([longest / 8, longest], (value) => value / longest),
      },
    };
  },
});

export const FLOW = flowOverlay('forward');
export const FLOW_BACKWARD = flowOverlay('backward');
