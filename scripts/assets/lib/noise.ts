import seedrandom from 'seedrandom';

/** Deterministic random numbers in [0, 1) from a fixed seed. */
export function randomFrom(seed: string): () => number {
  const generator = seedrandom.alea(seed);
  return () => generator();
}

/** Smooth noise at a point of space, in about -1…1. */
export type Noise3 = (x: number, y: number, z: number) => number;

const fade = (t: number): number => t * t * (3 - 2 * t);
const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** Value noise on a 256-periodic lattice of random numbers. */
export function createNoise(seed: string): Noise3 {
  const random = randomFrom(seed);
  const values = Float64Array.from({ length: 4096 }, () => random() * 2 - 1);
  const lattice = (x: number, y: number, z: number): number =>
    values[
      ((x & 255) * 73 +
        (y & 255) * 1579 +
        (z & 255) * 3163 +
        (((x * 7) ^ (y * 13) ^ (z * 29)) & 511)) &
        4095
    ] ?? 0;
  return (x, y, z) => {
    const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)];
    const [fx, fy, fz] = [fade(x - ix), fade(y - iy), fade(z - iz)];
    const row = (dy: number, dz: number): number =>
      mix(lattice(ix, iy + dy, iz + dz), lattice(ix + 1, iy + dy, iz + dz), fx);
    return mix(mix(row(0, 0), row(1, 0), fy), mix(row(0, 1), row(1, 1), fy), fz);
  };
}

/** Sums octaves of a noise, each at twice the frequency and half the height; about -1…1. */
export function fractal(noise: Noise3, octaves: number): Noise3 {
  return (x, y, z) => {
    let [sum, scale, weight, total] = [0, 1, 1, 0];
    for (let octave = 0; octave < octaves; octave++) {
      sum += weight * noise(x * scale + octave * 17, y * scale, z * scale);
      total += weight;
      scale *= 2;
      weight *= 0.5;
    }
    return sum / total;
  };
}
