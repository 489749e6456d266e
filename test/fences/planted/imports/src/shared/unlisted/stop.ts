// keeps the rules
export const at = 'unlisted';
