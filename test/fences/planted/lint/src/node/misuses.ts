// breaks: @typescript-eslint/no-misused-promises: Promise returned
export function start(tasks: readonly (() => Promise<void>)[]): void {
  tasks.forEach(async (task) => {
    await task();
  });
}
