// keeps the rules
console.log('from the command line');
export const one = 1;
