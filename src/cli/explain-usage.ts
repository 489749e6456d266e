import { closestTo } from '#shared/config/suggest';

/** What a complaint may draw on: the command that was being parsed. */
export type UsageContext = Readonly<{
  /** Flags that the command knows, without dashes. */
  flags: readonly string[];
  /** The command with its words: `diorama render <config>`. */
  usage: string;
}>;

/** camelCase, as yargs reports a flag beside its own spelling, as a flag. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `a`, `a or b`, `a, b or c`. */
function listOr(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
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

/** `Argument: gl, Given: "metal", Choices: "auto", "gpu"` in our words. */
function explainChoice(line: string): string {
  const [, flag, given, choices] = /Argument: (.*), Given: (.*), Choices: (.*)$/.exec(line) ?? [];
  if (flag === undefined || given === undefined || choices === undefined) return line.trim();
  const close = closestTo(unquote(given), choices.split(', ').map(unquote));
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  return `--${flag}: expected ${listOr(choices.split(', ').map(unquote))}, got ${given}.${hint}`;
}

const unquote = (text: string): string => text.replace(/^"|"$/g, '');

/**
 * A complaint of yargs in our words: `Unknown argument "shrad". Did you mean --shard?` Messages that need
 * no more are returned as they are.
 */
export function explainUsage(message: string, { flags, usage }: UsageContext): string {
  const text = message.trim();
  const [, unknown] = /^Unknown arguments?: (.*)$/.exec(text) ?? [];
  if (unknown !== undefined) return explainUnknown(unknown, flags);
  const [, found, needed] =
    /^Not enough non-option arguments: got (\d+), need at least (\d+)$/.exec(text) ?? [];
  if (found !== undefined && needed !== undefined) {
    const words = found === '0' ? 'nothing' : `${found} of ${needed} words`;
    return `Expected "${usage}", found ${words} after the command.`;
  }
  const [, flag] = /^Not enough arguments following: (.*)$/.exec(text) ?? [];
  if (flag !== undefined) return `Expected a value after --${flag}.`;
  const [, missing] = /^Missing required arguments?: (.*)$/.exec(text) ?? [];
  if (missing !== undefined)
    return `Expected ${missing
      .split(', ')
      .map((name) => `--${name}`)
      .join(' and ')}: there is no default.`;
  if (text.startsWith('Invalid values:'))
    return text.split('\n').slice(1).map(explainChoice).join('\n');
  return /^Did you mean /.test(text) ? `Unknown command. ${text}` : text;
}
