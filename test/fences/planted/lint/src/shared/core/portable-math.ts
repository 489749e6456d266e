// keeps the rules: here the difference is the subject
export const TWO_TO_24 = 2 ** 24;
export const difference = (x: number): number => Math.sin(x) - x ** 3;
