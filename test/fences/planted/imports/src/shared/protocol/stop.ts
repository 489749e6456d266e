// keeps the rules
export const at = 'protocol';
