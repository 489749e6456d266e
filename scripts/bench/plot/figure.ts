import type { Ink } from './palette.ts';

/** A line through points, or bars, each from a point to the next one of the same y: points come in pairs. */
export type Line = Readonly<{
  name: string;
  ink: Ink;
  dashed?: boolean;
  bars?: boolean;
  points: readonly (readonly [x: number, y: number])[];
}>;

export type Axis = Readonly<{
  /** With its unit. */
  label: string;
  scale: 'linear' | 'log';
  /** Where numbers stand, and what they read; absent: as the plot finds best. */
  ticks?: readonly Readonly<{ at: number; text: string }>[];
}>;

/** One plot. */
export type Panel = Readonly<{ title: string; x: Axis; y: Axis; lines: readonly Line[] }>;

/** Plots side by side, or below each other where they are `wide`. */
export type Figure = Readonly<{ title: string; panels: readonly Panel[]; wide?: boolean }>;
