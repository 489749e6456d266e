import type { Quat } from './geometry.ts';
import { acos, sin } from './portable-math.ts';
import type { RigChannel } from './rig.ts';

/**
 * The value of a channel at a time, in the order of the file: the glTF 2.0 specification, appendix C. Before
 * the first key and after the last it is that of the key. Quaternions (x, y, z, w) come out of unit length.
 */
export function sampleChannel(channel: RigChannel, seconds: number): readonly number[] {
  const { times, values, interpolation, path } = channel;
  const spline = interpolation === 'CUBICSPLINE';
  const size = values.length / times.length / (spline ? 3 : 1);
  // Of a spline, the key's value stands between its tangents.
  const at = (key: number, part: 0 | 1 | 2 = 1): readonly number[] => {
    const from = spline ? (key * 3 + part) * size : key * size;
    return values.slice(from, from + size);
  };
  const unit = path === 'rotation' ? normalise : (value: readonly number[]) => value;
  const next = times.findIndex((time) => time > seconds);
  if (next === 0) return unit(at(0));
  if (next < 0) return unit(at(times.length - 1));
  const [start, end] = [times[next - 1] ?? NaN, times[next] ?? NaN];
  const span = end - start;
  const t = (seconds - start) / span;
  if (interpolation === 'STEP') return unit(at(next - 1));
  if (!spline)
    return path === 'rotation'
      ? slerp(at(next - 1), at(next), t)
      : at(next - 1).map((value, i) => value + t * ((at(next)[i] ?? NaN) - value));
  const [t2, t3] = [t * t, t * t * t];
  const [before, after] = [at(next - 1), at(next)];
  const [leaving, arriving] = [at(next - 1, 2), at(next, 0)];
  return unit(
    before.map(
      (value, i) =>
        (2 * t3 - 3 * t2 + 1) * value +
        span * (t3 - 2 * t2 + t) * (leaving[i] ?? NaN) +
        (3 * t2 - 2 * t3) * (after[i] ?? NaN) +
        span * (t3 - t2) * (arriving[i] ?? NaN),
    ),
  );
}

function normalise(value: readonly number[]): readonly number[] {
  const length = Math.sqrt(value.reduce((sum, part) => sum + part * part, 0));
  return value.map((part) => part / length);
}

/** Along the shorter arc; where it is next to nothing, straight. */
function slerp(from: readonly number[], to: readonly number[], t: number): readonly number[] {
  const dot = from.reduce((sum, part, i) => sum + part * (to[i] ?? NaN), 0);
  const cosine = Math.min(1, Math.abs(dot));
  const side = dot < 0 ? -1 : 1;
  const angle = acos(cosine);
  const [a, b] =
    angle < 1e-6 ? [1 - t, t] : [sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle)];
  return normalise(from.map((part, i) => a * part + side * b * (to[i] ?? NaN)));
}

/** Where a clip of this length is: it begins anew at its end, or stays there. Seconds. */
export function clipTime(seconds: number, duration: number, loop: 'repeat' | 'hold'): number {
  if (seconds >= 0 && seconds <= duration) return seconds;
  if (loop === 'hold') return Math.max(0, Math.min(duration, seconds));
  return duration > 0 ? seconds - Math.floor(seconds / duration) * duration : 0;
}

/** a · b of quaternions [w, x, y, z]: the turn that does b first. */
export function multiplyQuaternions(a: Quat, b: Quat): Quat {
  const [aw, ax, ay, az] = a;
  const [bw, bx, by, bz] = b;
  return [
    aw * bw - ax * bx - ay * by - az * bz,
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
  ];
}
