// breaks: no-restricted-properties: differs in its last bit
export const length = (x: number, y: number): number => Math.hypot(x, y);
