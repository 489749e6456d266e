// keeps the rules
export const at = 'config';
