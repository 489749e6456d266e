// breaks: no-restricted-properties: Draw from `streamFor
export const { random } = Math;
