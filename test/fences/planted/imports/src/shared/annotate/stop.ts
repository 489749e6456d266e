// keeps the rules
export const at = 'annotate';
