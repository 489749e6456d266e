// keeps the rules
export const at = 'stats';
