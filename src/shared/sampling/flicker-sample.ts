/** How a light flickers, drawn; pulses and changes are counted from where its sequence began. */
export type Flicker =
  | Readonly<{
      kind: 'mains';
      /** Of the current: half of the light's. */
      hertz: number;
      depth: number;
      /** In pulses of the light. */
      phase: number;
    }>
  | Readonly<{
      kind: 'unsteady';
      hertz: number;
      depth: number;
      /** Seeds the noise; a whole number below 2^24. */
      noiseSeed: number;
    }>;

/** A flicker, and what it multiplies the mean of the light by in the middle of the frame's exposure. */
export type FlickerSample = Flicker & Readonly<{ factor: number }>;
