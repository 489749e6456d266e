// breaks: no-restricted-properties: Import `sin` from #shared/core/portable-math
export const sine = (x: number): number => Math.sin(x);
