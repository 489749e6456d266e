// breaks: @typescript-eslint/no-non-null-assertion: Forbidden non-null assertion
export const first = (values: readonly number[]): number => values[0]!;
