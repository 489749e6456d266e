// breaks: diorama/file-name: never utils
export const one = 1;
