import { join } from 'node:path';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { ConfigInput } from '#shared/config/config-schema';
import { openStore } from '#node/store/open-store';
import { writeFrameFiles } from '#node/writers/write-frame-files';
import { makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';
import { listFrames, makeDraft, makeFolder, makeRecord, RENDERER } from '../store/make-dataset.ts';

/** Two boxes in a picture of 16 × 12. */
export const DRAWING = `
  ................
  ................
  ..1111..........
  ..1111..........
  ..1111....222...
  ..1111....222...
  ..........222...
  ................
  ................
  ................
  ................
  ................`;

/** All label files. */
export const ALL_OUTPUTS: Partial<ConfigInput> = {
  image: { width: 16, height: 12 },
  outputs: { rgb: { format: 'png' }, semantic: true, depth: { png: true } },
};

/**
 * A dataset of real files in a fresh folder: frames of {@link DRAWING}, their pixels at 2 m and background
 * at 3 m.
 *
 * @param finalised false leaves it as a run that goes on.
 */
export async function makeLabelledDataset(
  frames: readonly number[],
  {
    changes = ALL_OUTPUTS,
    finalised = true,
  }: { changes?: Partial<ConfigInput>; finalised?: boolean } = {},
): Promise<string> {
  const folder = join(makeFolder(), 'out');
  const draft = makeDraft(changes);
  const store = await openStore(folder, draft, { mode: 'resume', derived: listFrames });
  await store.begin(RENDERER);
  for (const frame of frames) {
    const { plan, buffers } = makeLabelledFrame(DRAWING, 2, { frame });
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    const { sample } = makeRecord(frame, {});
    const files = await writeFrameFiles(folder, {
      config: draft.config,
      sample,
      plan,
      buffers,
      annotations,
    });
    await store.append({
      ...makeRecord(frame, files),
      ...plan.size,
      camera: plan.camera,
      annotations,
    });
  }
  if (finalised) await store.finalise();
  await store.close();
  return folder;
}
