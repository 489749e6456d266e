// breaks: no-restricted-properties: machine’s language
export const sorted = ['b', 'a'].sort((a, b) => a.localeCompare(b));
