import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { lathe } from '../lib/lathe.ts';
import { createNoise, fractal } from '../lib/noise.ts';
import {
  mixRgb,
  paintNormalMap,
  paintTexture,
  rgb,
  shade,
  smoothstep,
  type Rgb,
} from '../lib/pixel-textures.ts';
import type { ProfilePoint } from '../lib/profile.ts';
import { sphereDirection } from './fruit-skins.ts';
import { basketballSeam, footballPanels, tennisSeam } from './ball-patterns.ts';

/** Colour and height (texture pixels) of the ball's surface in a direction. */
interface BallSurface {
  color: (direction: Vector3) => Rgb;
  height: (direction: Vector3) => number;
}

interface BallVariant {
  radius: number;
  roughness: number;
  /** Turns the pattern so that a good side faces +Z; Euler angles in radians. */
  turn: readonly [number, number, number];
  surface: (id: string) => BallSurface;
}

function tennis(id: string): BallSurface {
  const fuzz = fractal(createNoise(id), 3);
  return {
    color: (d) => {
      const felt = shade(rgb('#c9dd35'), 0.92 + 0.16 * fuzz(d.x * 60, d.y * 60, d.z * 60));
      return mixRgb(rgb('#f1f2ea'), felt, smoothstep(0.035, 0.055, tennisSeam(d)));
    },
    height: (d) => {
      const seam = smoothstep(0.03, 0.06, tennisSeam(d));
      return 3 * seam + seam * 2.2 * fuzz(d.x * 55, d.y * 55, d.z * 55);
    },
  };
}

function football(): BallSurface {
  return {
    color: (d) => {
      const panel = footballPanels(d);
      const base = rgb(panel.pentagon ? '#1b1d22' : '#f3f3f0');
      return mixRgb(rgb('#8b8d90'), base, smoothstep(0.006, 0.016, panel.edge));
    },
    height: (d) => 3.2 * smoothstep(0, 0.045, footballPanels(d).edge),
  };
}

function basketball(id: string): BallSurface {
  const pebbles = createNoise(id);
  return {
    color: (d) =>
      mixRgb(
        rgb('#1d1512'),
        shade(rgb('#c8611f'), 0.95 + 0.1 * pebbles(d.x * 70, d.y * 70, d.z * 70)),
        smoothstep(0.018, 0.028, basketballSeam(d)),
      ),
    height: (d) => {
      const seam = smoothstep(0.012, 0.04, basketballSeam(d));
      return 3 * seam + 1.3 * seam * smoothstep(0, 0.7, pebbles(d.x * 75, d.y * 75, d.z * 75));
    },
  };
}

function beachBall(): BallSurface {
  const gores = ['#e63946', '#f8f8f4', '#1d6fd1', '#f8f8f4', '#f6c827', '#f8f8f4'].map(rgb);
  const gore = (d: Vector3): number => ((Math.atan2(d.x, d.z) / (2 * Math.PI) + 1) % 1) * 6;
  return {
    color: (d) => {
      if (Math.abs(d.y) > 0.965) return rgb('#f8f8f4');
      return gores[Math.floor(gore(d)) % 6] ?? rgb('#f8f8f4');
    },
    height: (d) => {
      const offset = gore(d) % 1;
      const ring = Math.sqrt(Math.max(0, 1 - d.y * d.y));
      return 3 * smoothstep(0, 0.05, Math.min(offset, 1 - offset) * ring);
    },
  };
}

const VARIANTS: readonly BallVariant[] = [
  { radius: 33.5, roughness: 0.92, turn: [0.2, 0.5, 0.4], surface: tennis },
  { radius: 110, roughness: 0.38, turn: [0.5, 0.3, 0.2], surface: football },
  { radius: 120, roughness: 0.62, turn: [0.35, 0.5, 0.5], surface: basketball },
  { radius: 140, roughness: 0.3, turn: [0.95, 0.2, 0.35], surface: beachBall },
];

async function buildBall(ball: BallVariant, id: string): Promise<Part[]> {
  const profile: ProfilePoint[] = Array.from({ length: 21 }, (_, i) => {
    const polar = (i / 20) * Math.PI;
    const r = i === 0 || i === 20 ? 0 : ball.radius * Math.sin(polar);
    return { r, y: -ball.radius * Math.cos(polar), zone: 'ball' };
  });
  const { color, height } = ball.surface(id);
  const turned = (u: number, v: number): Vector3 => {
    const [x, y, z] = ball.turn;
    const axisX = new Vector3(1, 0, 0);
    return new Vector3(...sphereDirection(u, v))
      .applyAxisAngle(axisX, x)
      .applyAxisAngle(new Vector3(0, 1, 0), y)
      .applyAxisAngle(new Vector3(0, 0, 1), z);
  };
  const size = { width: 512, height: 256 };
  const colorMap = await paintTexture({ name: `${id} color`, ...size, quality: 80 }, (u, v) =>
    color(turned(u, v)),
  );
  const normalMap = await paintNormalMap(
    { name: `${id} relief`, width: 384, height: 192, quality: 70 },
    { heightAt: (u, v) => height(turned(u, v)) },
  );
  const material = {
    name: 'ball',
    colorMap,
    normalMap,
    normalScale: 0.6,
    metallic: 0,
    roughness: ball.roughness,
  };
  return [{ name: 'ball', geometry: lathe(profile, 38), material }];
}

/** Tennis ball, football, basketball and beach ball. */
export const ballRecipes = recipesOf('ball', VARIANTS, buildBall);
