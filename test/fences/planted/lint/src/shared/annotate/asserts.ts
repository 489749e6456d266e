// keeps the rules: a kernel over typed arrays
export const first = (values: Uint16Array): number => values[0]!;
