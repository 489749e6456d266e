// keeps the rules
export const at = 'sampling';
