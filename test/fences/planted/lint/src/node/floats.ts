// breaks: @typescript-eslint/no-floating-promises: Promises must be awaited
export function start(task: () => Promise<void>): void {
  task();
}
