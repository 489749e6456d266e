// breaks: no-restricted-properties: src/page/clock.ts
export const startedMs = performance.now();
