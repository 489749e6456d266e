// breaks: @typescript-eslint/consistent-type-imports: only used as types
import { Matrix4 } from 'three';

export type Matrix = Matrix4;
