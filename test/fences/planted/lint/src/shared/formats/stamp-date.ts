// breaks: no-restricted-syntax: No clock may touch a frame
export const stamp = new Date();
