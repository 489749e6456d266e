// breaks: no-restricted-properties: Draw from `streamFor
export const drawn = Math.random();
