/** Lets one call through at a time, in the order in which they came: a renderer has one canvas. */
export function inTurn<Given, Made>(
  act: (given: Given) => Promise<Made>,
): (given: Given) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (given) => {
    const next = last.then(() => act(given));
    last = next.catch(() => undefined);
    return next;
  };
}
