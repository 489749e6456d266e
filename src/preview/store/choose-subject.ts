import { batch, signal } from '@preact/signals';
import type { ChoicesAnswer } from '#shared/protocol/preview-api';
import type { PreviewClient } from '../api/client.ts';
import { ALL_FRAMES } from '../frame/choose-frames.ts';
import { choosing, colorBy, frame, frameChoice, frameProblem, orbit, seed, selected, state, view } from './store.ts'; // prettier-ignore

/** What can be opened; null while it is not known. */
export const choices = signal<ChoicesAnswer | null>(null);
/** Why it is not known, or could not be opened; null where all is well. */
export const choiceProblem = signal<string | null>(null);

/** Looks at another config or dataset. */
export type SubjectChooser = Readonly<{ list(): Promise<void>; open(path: string): Promise<void> }>;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The list of what can be opened, and the way to it. */
export function createSubjectChooser(
  client: Pick<PreviewClient, 'choices' | 'open'>,
): SubjectChooser {
  return {
    list: async () => {
      try {
        choiceProblem.value = null;
        choices.value = await client.choices();
      } catch (error) {
        choiceProblem.value = messageOf(error);
      }
    },
    open: async (path) => {
      try {
        choiceProblem.value = null;
        const next = await client.open(path);
        // What was chosen of the one before means nothing of this one.
        batch(() => {
          state.value = next;
          [view.value, frameProblem.value, selected.value, seed.value] = [null, null, null, null];
          [frame.value, frameChoice.value, colorBy.value, orbit.value] = [
            0,
            ALL_FRAMES,
            null,
            null,
          ];
          choosing.value = false;
        });
      } catch (error) {
        choiceProblem.value = messageOf(error);
      }
    },
  };
}
