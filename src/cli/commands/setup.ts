import type { CommandModule } from 'yargs';
import { findBrowser } from '#node/browser/find-browser';
import { ensureMesa, installBrowser } from '#node/browser/install-browser';
import type { FoundBrowser } from '#node/browser/browser-types';

type SetupArguments = Readonly<{ browser?: string | undefined }>;

/** `diorama setup`: finds a browser or gets one, and Mesa where that may be done unasked. */
export const setupCommand: CommandModule<object, SetupArguments> = {
  command: 'setup',
  describe: 'Find a browser, or get one, and the faster software renderer',
  builder: (yargs) =>
    yargs.option('browser', {
      type: 'string',
      describe: 'Path of a Chrome or Chromium to check instead of searching',
      requiresArg: true,
    }),
  handler: async (args) => {
    const browser = await findOrInstall(args.browser);
    console.log(`browser: ${browser.version}`);
    console.log(`  path:   ${browser.path}`);
    console.log(`  source: ${browser.source}`);
    const mesa = await ensureMesa(printLine);
    if (mesa.state === 'failed') {
      console.warn(`warning: Mesa: ${mesa.detail}`);
      console.warn('  Rendering works without it, 3.5 to 4.5 times slower (SwiftShader).');
    } else {
      console.log(`Mesa: ${mesa.detail}`);
    }
    console.log('Next: diorama doctor');
  },
};

async function findOrInstall(path: string | undefined): Promise<FoundBrowser> {
  const { browser, rejected } = await findBrowser(path);
  for (const entry of rejected) {
    console.warn(`warning: passed over ${entry.path}, which does not run: ${entry.reason}`);
  }
  if (browser !== null) return browser;
  console.log('no browser found; getting one');
  return installBrowser({ log: printLine });
}

function printLine(line: string): void {
  console.log(`  ${line}`);
}
