import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { ResolveResource } from '#node/server/page-server';
import { READ_BACKS } from '#shared/protocol/read-back';
import { commandLineOf, endProcesses, processTree, survivors } from '#node/browser/process-tree';
import { makeFramePlan, intrinsicsOf } from '../makers/make-frame-plan.ts';
import { makeShelf } from './support/make-shelf.ts';
import { openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const SIZE = { width: 32, height: 24 };

/** A box that asks for `signal` each time it is drawn, and does not go on before it is answered. */
const SIGNALLING_BOX = `
import { BoxGeometry, Group, Matrix4, Mesh, MeshStandardMaterial } from 'three';
export const scene = { name: 'made', build() {
  const box = new Mesh(new BoxGeometry(1, 1, 1), new MeshStandardMaterial());
  box.name = 'box';
  box.position.set(0, 0, -3);
  const { modelViewMatrix: matrix } = box;
  matrix.multiplyMatrices = (...factors) => {
    const request = new XMLHttpRequest();
    request.open('GET', new URL('signal', import.meta.url), false);
    request.send();
    return Matrix4.prototype.multiplyMatrices.apply(matrix, factors);
  };
  const root = new Group();
  root.name = 'root';
  root.add(box);
  return root;
} };`;

describe.runIf(process.platform === 'linux').each(READ_BACKS)(
  'a GPU process that dies within a frame, read back %s',
  (readBack) => {
    const shelf = makeShelf();
    let armed = false;
    const killed: number[] = [];
    let pool: PagePool | undefined;
    beforeAll(async () => {
      const resolve: ResolveResource = (key) => {
        if (key === 'signal' && armed) killGpuProcess();
        return shelf.resolve(key);
      };
      pool = await openTestPool('mesa', resolve, { readBack });
    });
    afterAll(() => pool?.close());

    function killGpuProcess(): void {
      armed = false;
      const victims = processTree(process.pid).filter(({ pid }) =>
        commandLineOf(pid).includes('--type=gpu-process'),
      );
      endProcesses(victims.map(({ pid }) => pid));
      while (survivors(victims).length > 0);
      killed.push(...victims.map(({ pid }) => pid));
    }

    it('leaves no frame of zeros: the frame is made again', async () => {
      shelf.put('signal', new Uint8Array());
      const resource = shelf.put('box', Buffer.from(SIGNALLING_BOX), 'text/javascript');
      const plan = {
        ...makeFramePlan({ size: SIZE, intrinsics: intrinsicsOf(SIZE, 50), shapes: [] }),
        stage: { kind: 'code', resource, nodeCount: 2, members: [] },
      } as const;
      const opened = requireOpen(pool);
      const whole = await renderPlan(opened, plan);
      expect(new Set(whole.color).size).toBeGreaterThan(2);
      armed = true;
      expect(await renderPlan(opened, plan)).toEqual(whole);
      expect(killed).toHaveLength(1);
      expect(opened.replaced()).toBe(1);
    });
  },
);
