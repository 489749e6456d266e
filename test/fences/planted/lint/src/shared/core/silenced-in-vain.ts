// breaks: null: Unused eslint-disable directive
// eslint-disable-next-line eqeqeq -- nothing here breaks it
export const same = (a: number, b: number): boolean => a === b;
