import type { Config } from '../config/config-schema.ts';
import { AcceptanceError } from '../core/errors.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import {
  brokenRules,
  missedGoal,
  type AcceptanceRecord,
  type JudgedFrame,
  type Rejection,
} from './judge-frame.ts';

type Drawn = JudgedFrame & Readonly<{ sample: SceneSample }>;
type Taken<T> = Readonly<{ taken: T; acceptance: AcceptanceRecord | null }>;

/**
 * Draws a frame until it keeps the rules of `accept` and shows what its goal asks, with the random numbers
 * of attempt 0, 1, …; so it stays a pure function of its number. Where no attempt does both, the first that
 * keeps the rules stands, its goal missed; where none keeps them, `accept.onFailure` decides.
 *
 * @throws AcceptanceError that says how many attempts broke which rules.
 */
export async function drawUntilAccepted<T extends Drawn>(
  config: Config,
  frame: number,
  draw: (retry: number) => Promise<T>,
): Promise<Taken<T>> {
  const { accept, targets } = config;
  if (accept === undefined && targets === undefined)
    return { taken: await draw(0), acceptance: null };
  const rejected: AttemptRejection[] = [];
  let keepsRules: T | null = null;
  for (let attempt = 0; ; attempt++) {
    const drawn = await draw(attempt);
    const { broken, missed } = judge(config, drawn);
    rejected.push(...[...broken, ...missed].map((each) => ({ attempt, ...each })));
    const take = (taken: T, accepted: boolean, goalMet: boolean): Taken<T> => {
      const pursues = drawn.sample.schedule?.goal !== undefined;
      const attempts = attempt + 1;
      return {
        taken,
        acceptance: { attempts, accepted, ...(pursues && { goalMet }), rejected },
      };
    };
    if (broken.length === 0) {
      if (missed.length === 0) return take(drawn, true, true);
      keepsRules ??= drawn;
    }
    if (attempt + 1 < limitOf(config, keepsRules !== null)) continue;
    if (keepsRules !== null) return take(keepsRules, true, false);
    if (accept?.onFailure === 'keep') return take(drawn, false, missed.length === 0);
    throw new AcceptanceError(explain(frame, attempt + 1, rejected));
  }
}

type AttemptRejection = AcceptanceRecord['rejected'][number];

function judge(
  config: Config,
  drawn: Drawn,
): Readonly<{ broken: readonly Rejection[]; missed: readonly Rejection[] }> {
  const missed = missedGoal(config, drawn.sample.schedule?.goal, drawn);
  return { broken: brokenRules(config, drawn), missed: missed === null ? [] : [missed] };
}

/** A goal alone is worth the attempts of `targets`; a rule that no attempt has kept yet, those of `accept`. */
function limitOf({ accept, targets }: Config, keepsRules: boolean): number {
  return (keepsRules ? targets?.attempts : accept?.attempts) ?? 1;
}

function explain(frame: number, attempts: number, rejected: AcceptanceRecord['rejected']): string {
  const rules = [...new Set(rejected.map(({ rule }) => rule))];
  const told = rules.map((rule) => {
    const found = rejected.filter((each) => each.rule === rule).map((each) => each.found);
    const [least, most] = [Math.min(...found), Math.max(...found)].map((n) => +n.toPrecision(4));
    return `${rule} broken by ${found.length} (found ${least === most ? least : `${least} to ${most}`})`;
  });
  return (
    `frame ${frame}: expected one of ${attempts} attempts to be accepted, found ${told.join(', ')}. ` +
    'Widen the rules or what is drawn, raise accept.attempts, or set accept.onFailure: keep.'
  );
}
