// keeps the rules
console.log('from a script');
export const one = 1;
