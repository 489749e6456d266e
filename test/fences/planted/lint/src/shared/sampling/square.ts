// breaks: no-restricted-syntax: Write x * x
export const square = (x: number): number => x ** 2;
