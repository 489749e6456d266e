// keeps the rules: a cycle is reported once, for its first file
import './cycle-first.ts';

export type Second = string;
