// keeps the rules: labels are made from pixels, after sampling
export const sine = (x: number): number => Math.sin(x);
