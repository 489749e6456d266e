// keeps the rules
export const at = 'node';
