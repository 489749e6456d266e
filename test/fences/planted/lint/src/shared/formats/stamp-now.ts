// breaks: no-restricted-properties: No clock may touch a frame
export const stamp = Date.now();
