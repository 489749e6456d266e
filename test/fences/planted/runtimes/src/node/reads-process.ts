// keeps the rules
export const folder = (): string => process.cwd();
