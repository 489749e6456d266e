/** Axis of a joint: at rest all joints have the axes of the model. */
export type Axis = 'x' | 'y' | 'z';

/** A joint of a skeleton, at rest. */
export interface Joint {
  name: string;
  /** Absent of the first. */
  parent?: string;
  /** Where it is in the model, millimetres. */
  at: readonly [number, number, number];
  /** The one axis that it turns about, and how far; absent: it is fixed. */
  turns?: { axis: Axis; degrees: readonly [number, number] };
}

/** Degrees of joints, and weights of morph targets, by name; what is left out is 0. */
export type KeyPose = Readonly<Record<string, number>>;

/** An animation: it rests in each of its poses for an instant, and eases from one to the next. */
export interface Clip {
  name: string;
  keys: readonly (readonly [seconds: number, pose: KeyPose])[];
}

/** What moves a model. */
export interface Rig {
  /** Parents before their children. */
  joints: readonly Joint[];
  /** Named by the parts that they move. */
  morphTargets: readonly string[];
  clips: readonly Clip[];
}
