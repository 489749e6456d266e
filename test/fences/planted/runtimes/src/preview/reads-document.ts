// keeps the rules
export const title = (): string => document.title;
