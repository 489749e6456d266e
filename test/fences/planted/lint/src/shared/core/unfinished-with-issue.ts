// keeps the rules
// TODO(12): later
export const one = 1;
