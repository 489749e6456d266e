/** What of a command line decides a frame's content. */
export type ReproducibleJob = Readonly<{
  configPath: string;
  seed?: string | undefined;
  sets?: readonly string[] | undefined;
  assetFolders?: readonly string[] | undefined;
  gl?: string | undefined;
}>;

/**
 * The command that makes the whole dataset.
 *
 * @param seed the seed that was used, wherever it came from.
 */
export function renderCommand(job: ReproducibleJob, seed: string): string {
  return commandOf(job, ['--seed', seed]);
}

/** Quotes a word for a POSIX shell where it needs quoting. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that makes one frame again, alone and into a folder of its own:
 * `npx diorama render configs/x.yaml --seed 42 --frames 17..17 --out out/frame-17`.
 *
 * @param seed the seed that was used, wherever it came from.
 */
export function reproduceCommand(job: ReproducibleJob, seed: string, frame: number): string {
  const frames = ['--seed', seed, '--frames', `${frame}..${frame}`];
  return commandOf(job, frames, ['--out', `out/frame-${frame}`]);
}

function commandOf(
  { configPath, sets, assetFolders, gl }: ReproducibleJob,
  first: readonly string[],
  last: readonly string[] = [],
): string {
  const repeated = (flag: string, values: readonly string[] = []): string[] =>
    values.flatMap((value) => [flag, value]);
  return [
    ...['npx', 'diorama', 'render', configPath],
    ...first,
    ...repeated('--set', sets),
    ...repeated('--assets', assetFolders),
    ...(gl === undefined || gl === 'auto' ? [] : ['--gl', gl]),
    ...last,
  ]
    .map(quoteWord)
    .join(' ');
}
