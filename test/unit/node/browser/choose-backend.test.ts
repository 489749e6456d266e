import { describe, expect, it } from 'vitest';
import { BrowserError, RenderError } from '#shared/core/errors';
import { chooseBackend, rendererMatches } from '#node/browser/choose-backend';
import type { BackendChoice } from '#node/browser/choose-backend';
import type { BackendTrial, Drawer } from '#node/browser/choose-backend';
import type { Backend } from '#node/browser/browser-types';

const LLVMPIPE = 'ANGLE (Mesa, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)';
const SWIFTSHADER =
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';
const NVIDIA = 'ANGLE (NVIDIA Corporation, NVIDIA RTX A4000/PCIe/SSE2, OpenGL ES 3.2)';

type Given = Partial<Record<Backend, string | null>> & {
  gpuPlausible?: boolean;
  platform?: string;
};

type TestTrial = BackendTrial<Drawer & { backend: Backend }> & {
  asked: Backend[];
  closed: Backend[];
  lines: string[];
};

function machine(given: Given): TestTrial {
  const asked: Backend[] = [];
  const closed: Backend[] = [];
  const lines: string[] = [];
  const open = (backend: Backend): ReturnType<TestTrial['open']> => {
    asked.push(backend);
    const renderer = given[backend];
    if (renderer === undefined) return Promise.reject(new BrowserError('it does not start'));
    if (renderer === null) return Promise.reject(new RenderError('internal', 'no WebGL2 context'));
    const close = (): Promise<void> => {
      closed.push(backend);
      return Promise.resolve();
    };
    return Promise.resolve({ backend, renderer, close });
  };
  return {
    asked,
    closed,
    lines,
    machine: {
      platform: given.platform ?? 'linux',
      cores: 6,
      gpuPlausible: given.gpuPlausible ?? false,
    },
    open,
    log: (line) => lines.push(line),
  };
}

async function choose(trial: TestTrial): Promise<BackendChoice> {
  const { choice, opened } = await chooseBackend('auto', trial);
  expect(opened.backend).toBe(choice.backend);
  return choice;
}

describe('auto', () => {
  it('takes a graphics card that draws, with one worker', async () => {
    const choice = await choose(machine({ gpuPlausible: true, gpu: NVIDIA }));
    expect(choice).toEqual({ backend: 'gpu', renderer: NVIDIA, workers: 1, threadsPerBrowser: 0 });
  });

  it.each([LLVMPIPE, SWIFTSHADER, 'ANGLE (Microsoft, Microsoft Basic Render Driver)', 'softpipe'])(
    'does not take software for a graphics card: %s',
    async (renderer) => {
      const context = machine({ gpuPlausible: true, gpu: renderer, mesa: LLVMPIPE });
      expect((await choose(context)).backend).toBe('mesa');
      expect(context.closed).toEqual(['gpu']);
      expect(context.lines).toHaveLength(1);
    },
  );

  it('does not try a graphics card where there is no device', async () => {
    const context = machine({ gpu: NVIDIA, mesa: LLVMPIPE });
    const choice = await choose(context);
    expect(context.asked).toEqual(['mesa']);
    expect(choice).toMatchObject({ backend: 'mesa', workers: 6, threadsPerBrowser: 0 });
  });

  it('falls back to SwiftShader, and off Linux never tries Mesa', async () => {
    const linux = machine({ mesa: null, swiftshader: SWIFTSHADER });
    expect(await choose(linux)).toMatchObject({
      backend: 'swiftshader',
      workers: 1,
    });
    const mac = machine({ platform: 'darwin', swiftshader: SWIFTSHADER });
    await choose(mac);
    expect(mac.asked).toEqual(['swiftshader']);
  });

  it('fails with every finding where nothing draws', async () => {
    const context = machine({ mesa: null, swiftshader: null });
    await expect(chooseBackend('auto', context)).rejects.toThrow(
      /no WebGL2 with any back end:[\s\S]*mesa: no WebGL2 context[\s\S]*swiftshader: no WebGL2 context/,
    );
  });

  it('does not blame WebGL2 where the browser does not even start', async () => {
    await expect(chooseBackend('auto', machine({}))).rejects.toThrow(
      /^this browser does not start with any back end:\n {2}mesa: it does not start\n {2}swiftshader: it does/,
    );
    await expect(chooseBackend('mesa', machine({}))).rejects.toThrow(
      'back end "mesa": it does not start. Or leave the choice to --gl auto.',
    );
  });
});

describe('a back end that was asked for', () => {
  it('is an error with the name that came up instead', async () => {
    const context = machine({ mesa: SWIFTSHADER, swiftshader: SWIFTSHADER });
    const choice = chooseBackend('mesa', context);
    await expect(choice).rejects.toThrow(BrowserError);
    await expect(choice).rejects.toThrow(SWIFTSHADER);
    expect(context.asked).toEqual(['mesa']);
    expect(context.closed).toEqual(['mesa']);
  });

  it('is tried even where no device is seen', async () => {
    const { opened } = await chooseBackend('gpu', machine({ gpu: NVIDIA }));
    expect(opened.renderer).toBe(NVIDIA);
  });
});

it('tells the renderers apart by name', () => {
  expect(rendererMatches('mesa', LLVMPIPE)).toBe(true);
  expect(rendererMatches('swiftshader', SWIFTSHADER)).toBe(true);
  expect(rendererMatches('swiftshader', LLVMPIPE)).toBe(false);
  expect(rendererMatches('mesa', NVIDIA)).toBe(false);
});
