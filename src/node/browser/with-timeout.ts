/**
 * The promise, or a failure where it takes longer. The loser goes on unheard: the caller ends what it
 * was waiting for.
 *
 * @param failure makes the error when the time is up, so that it can say what was still open.
 */
export function withTimeout<T>(
  promise: Promise<T>,
  timeoutMs: number,
  failure: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(failure());
    }, timeoutMs);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
