// keeps the rules
export const at = 'plan';
