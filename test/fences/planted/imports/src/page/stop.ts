// keeps the rules
export const at = 'page';
