// breaks: @typescript-eslint/no-explicit-any: Unexpected any
export type Anything = any;
