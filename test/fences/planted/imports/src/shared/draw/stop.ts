// keeps the rules
export const at = 'draw';
