import { closestTo } from '#shared/config/suggest';

/** camelCase, as yargs reports a flag beside its own spelling, as a flag. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function explainUnknown(names: string, flags: readonly string[]): string {
  return [...new Set(names.split(', ').map(kebab))]
    .map((name) => {
      const close = closestTo(name, flags);
      const hint = close === undefined ? '' : ` Did you mean --${close}?`;
      return `Unknown argument ${JSON.stringify(name)}.${hint}`;
    })
    .join(' ');
}

/**
 * A complaint of yargs in our words: `Unknown argument "shrad". Did you mean --shard?` Messages that need
 * no more are returned as they are.
 *
 * @param flags what the command knows, without dashes.
 */
export function explainUsage(message: string, flags: readonly string[]): string {
  const text = message.trim();
  const [, unknown] = /^Unknown arguments?: (.*)$/.exec(text) ?? [];
  if (unknown !== undefined) return explainUnknown(unknown, flags);
  const [, found, needed] =
    /^Not enough non-option arguments: got (\d+), need at least (\d+)$/.exec(text) ?? [];
  if (found !== undefined)
    return `Expected more after the command: found ${found}, need at least ${needed}.`;
  const [, flag] = /^Not enough arguments following: (.*)$/.exec(text) ?? [];
  if (flag !== undefined) return `Expected a value after --${flag}.`;
  return /^Did you mean /.test(text) ? `Unknown command. ${text}` : text;
}
