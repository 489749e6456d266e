// keeps the rules
export const at = 'verify';
