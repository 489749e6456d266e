// keeps the rules
export const at = 'scripts';
