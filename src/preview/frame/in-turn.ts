/** Lets one call through at a time, in the order in which they came: a renderer has one canvas. */
export type Turns = <Made>(act: () => Promise<Made>) => Promise<Made>;

/** Turns of which none has been taken; a call that fails does not hold up the next. */
export function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };
}
