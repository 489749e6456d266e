// keeps the rules
export const at = 'physics';
