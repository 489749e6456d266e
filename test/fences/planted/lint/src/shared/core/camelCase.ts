// breaks: diorama/file-name: kebab-case
export const one = 1;
