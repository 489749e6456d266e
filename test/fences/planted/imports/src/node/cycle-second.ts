// keeps the rules: a cycle is reported once, for its first file
import type { Second } from './cycle-third.ts';

export type First = Second;
