// breaks: diorama/todo-has-issue: Open an issue
// TODO: later
export const one = 1;
