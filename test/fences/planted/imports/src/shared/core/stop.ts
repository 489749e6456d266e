// keeps the rules
export const at = 'core';
