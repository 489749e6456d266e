/** What a problem is about. */
export const PROBLEM_KINDS = {
  manifest: 'dataset.json',
  journal: 'the lines of frames.jsonl',
  record: 'fields of a record',
  file: 'a file’s presence, length or SHA-256',
  image: 'what a file decodes to',
  labels: 'labels that contradict pixels, geometry or each other',
  derived: 'files that are made from the records',
  rerender: 'frames that were rendered again',
  incomplete: 'frames that are not there',
  leftover: 'what an interrupted run left',
  foreign: 'files of no frame',
} as const;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** Errors fail a dataset; warnings and notices do not. */
export type Severity = 'error' | 'warning' | 'notice';

/** One thing that is wrong with a dataset. */
export type Problem = Readonly<{
  kind: ProblemKind;
  severity: Severity;
  /** Null for what concerns no single frame. */
  frame: number | null;
  /** Relative to the dataset folder; null for what is in no single file. */
  file: string | null;
  /** What is wrong: expected, found. */
  message: string;
  /** Command that makes the frame again; null where no frame is concerned. */
  reproduce: string | null;
}>;

/** How many problems there are of a kind, and the first of them. */
export type ProblemGroup = Readonly<{
  kind: ProblemKind;
  errors: number;
  warnings: number;
  notices: number;
  problems: readonly Problem[];
}>;

/** Most problems of a kind that are told one by one. */
export const SHOWN_PER_KIND = 50;

/** Collects problems in bounded memory: the first {@link SHOWN_PER_KIND} of each kind, then counts. */
export type ProblemList = Readonly<{
  add(...problems: readonly Problem[]): void;
  errors(): number;
  /** In the order of {@link PROBLEM_KINDS}, kinds without problems left out. */
  groups(): readonly ProblemGroup[];
}>;

export function createProblemList(): ProblemList {
  const groups = new Map<ProblemKind, { counts: Record<Severity, number>; problems: Problem[] }>();
  return {
    add(...problems) {
      for (const problem of problems) {
        const group = groups.get(problem.kind) ?? {
          counts: { error: 0, warning: 0, notice: 0 },
          problems: [],
        };
        groups.set(problem.kind, group);
        group.counts[problem.severity] += 1;
        if (group.problems.length < SHOWN_PER_KIND) group.problems.push(problem);
      }
    },
    errors: () => [...groups.values()].reduce((sum, { counts }) => sum + counts.error, 0),
    groups: () =>
      (Object.keys(PROBLEM_KINDS) as ProblemKind[]).flatMap((kind) => {
        const group = groups.get(kind);
        if (group === undefined) return [];
        const { error, warning, notice } = group.counts;
        const { problems } = group;
        return [{ kind, errors: error, warnings: warning, notices: notice, problems }];
      }),
  };
}

/** A problem of the dataset as a whole; an error unless `severity` says otherwise. */
export function datasetProblem(
  kind: ProblemKind,
  message: string,
  { file = null, severity = 'error' }: Partial<Pick<Problem, 'file' | 'severity'>> = {},
): Problem {
  return { kind, severity, frame: null, file, message, reproduce: null };
}

/** `frame 17: labels/depth/000017.png: <what> Reproduce: <command>`, in one line. */
export function formatProblem({ frame, file, message, reproduce }: Problem): string {
  const where = [...(frame === null ? [] : [`frame ${frame}`]), ...(file === null ? [] : [file])];
  const text = [...where, message].join(': ').replace(/\s*\n\s*/g, ' ');
  return reproduce === null ? text : `${text} Reproduce: ${reproduce}`;
}
