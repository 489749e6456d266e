// breaks: no-console: Unexpected console
console.log('from a library');
export const one = 1;
