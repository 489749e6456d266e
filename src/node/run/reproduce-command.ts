/** What of a command line decides a frame's content. */
export type ReproducibleJob = Readonly<{
  configPath: string;
  seed?: string | undefined;
  sets?: readonly string[] | undefined;
  assetFolders?: readonly string[] | undefined;
  gl?: string | undefined;
}>;

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
  const repeated = (flag: string, values: readonly string[] = []): string[] =>
    values.flatMap((value) => [flag, value]);
  return [
    ...[
      'npx',
      'diorama',
      'render',
      job.configPath,
      '--seed',
      seed,
      '--frames',
      `${frame}..${frame}`,
    ],
    ...repeated('--set', job.sets),
    ...repeated('--assets', job.assetFolders),
    ...(job.gl === undefined || job.gl === 'auto' ? [] : ['--gl', job.gl]),
    ...['--out', `out/frame-${frame}`],
  ]
    .map(quoteWord)
    .join(' ');
}
