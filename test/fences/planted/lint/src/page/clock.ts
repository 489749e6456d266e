// keeps the rules
export const nowMs = (): number => performance.now();
