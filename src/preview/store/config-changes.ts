import { computed } from '@preact/signals';
import { plainValueAt, type ConfigChange } from '#shared/config/edit-config-text';
import { parsePath } from '#shared/config/parameter-path';
import type { PreviewClient } from '../api/client.ts';
import { say } from './actions.ts';
import { withChange } from './changes.ts';
import { config, seed, state } from './store.ts';

/** Changes a parameter of the config that is in view; the files on disk stay as they are. */
export type ConfigEditor = Readonly<{
  put(change: ConfigChange): void;
  /** Back to what the file says. */
  undo(path: string): void;
  undoAll(): void;
  save(name: string): Promise<void>;
}>;

/** What stands at a path of the config that is in view. */
export function configValue(path: string): unknown {
  try {
    return plainValueAt(config.value, parsePath(path));
  } catch {
    return undefined;
  }
}

/** What was changed, by path. */
export const changesByPath = computed(
  () => new Map((state.value?.changes ?? []).map((change) => [change.path, change])),
);

/** Sends changes to the server, the latest as soon as those before are in use. */
export function createConfigEditor(client: Pick<PreviewClient, 'change' | 'save'>): ConfigEditor {
  let sending = false;
  let wanted: readonly ConfigChange[] | null = null;
  const current = (): readonly ConfigChange[] =>
    wanted ?? (state.value?.changes ?? []).map(({ path, value }) => ({ path, value }));
  const send = async (changes: readonly ConfigChange[]): Promise<void> => {
    wanted = changes;
    if (sending) return;
    sending = true;
    let sent: readonly ConfigChange[] | null = null;
    while (wanted !== sent) {
      sent = wanted;
      try {
        state.value = await client.change({ changes: sent ?? [] });
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
    wanted = null;
    sending = false;
  };
  return {
    put: (change) => void send(withChange(current(), change)),
    undo: (path) => void send(current().filter((one) => one.path !== path)),
    undoAll: () => void send([]),
    save: async (name) => {
      try {
        const { path } = await client.save({ name, seed: seed.value });
        say(`saved ${path}`);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
