import { encodeFlo, encodeKittiFlow } from './encode-flow.ts';
import { encodeMask } from './encode-mask.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';

/** Flow and its mask, for each direction that is asked for and has a frame there. */
export function flowTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, flows = [] } = frame;
  return flows.flatMap(({ direction, flow }): FileTask[] => {
    const format = config.outputs.flow[direction];
    if (format === 'none') return [];
    const kind = `flow-${direction}` as const;
    return [
      {
        kind,
        path: `labels/${kind}/${fileName(frame, format === 'flo' ? 'flo' : 'png')}`,
        encode: () => (format === 'flo' ? encodeFlo(flow) : encodeKittiFlow(flow)),
      },
      {
        kind: `${kind}-mask`,
        path: `labels/${kind}-mask/${fileName(frame, 'png')}`,
        encode: () => encodeMask(flow.state, flow, 1),
      },
    ];
  });
}
