// breaks: owner-three
import type { Matrix4 } from 'three';

export type Matrix = Matrix4;
