// keeps the rules
export const at = 'formats';
