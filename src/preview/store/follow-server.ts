import type { PreviewClient } from '../api/client.ts';
import { batchRun, live, project, state } from './store.ts';

/** Fetches the server's state, and again whenever it says that it changed. */
export function followServer(client: PreviewClient): void {
  const fetchState = async (): Promise<void> => {
    try {
      const next = await client.state();
      if (next.revision >= (state.value?.revision ?? 0)) state.value = next;
    } catch {
      live.value = false;
    }
  };
  const fetchBatch = async (): Promise<void> => {
    try {
      const answer = await client.batch();
      batchRun.value = answer.run;
      project.value = answer.project;
    } catch {
      live.value = false;
    }
  };
  client.listen(
    (event) => {
      if (event.type === 'batch') batchRun.value = event.run;
      else if (event.type === 'state') void fetchState();
    },
    (connected) => {
      live.value = connected;
      // Whatever was missed meanwhile; at first, everything.
      if (connected) void Promise.all([fetchState(), fetchBatch()]);
    },
  );
}
