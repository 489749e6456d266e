import type { CheckedFrame } from '#node/replay/check-replay';
import { countOf } from './format-summary.ts';

/** What `replay --check` found: a line for each thing that differs, then a verdict. */
export function formatReplayCheck(checked: readonly CheckedFrame[], dataset: string): string {
  const lines = checked.flatMap(({ frame, files, record }) => [
    ...files.flatMap(({ path, difference }) =>
      difference === null ? [] : [`differs: frame ${frame}: ${path}: ${difference}`],
    ),
    ...(record === null ? [] : [`differs: frame ${frame}: ${record}`]),
  ]);
  const files = checked.flatMap((frame) => frame.files);
  const others = files.filter(({ same }) => !same).length;
  const all = `${countOf(files.length, 'file')} of ${countOf(checked.length, 'frame')}`;
  const verdict = checked.every(({ same }) => same)
    ? `same: ${all}, byte for byte those of ${dataset}`
    : `not the same: ${others} of ${all} differ from those of ${dataset}`;
  return [...lines, verdict].join('\n');
}
