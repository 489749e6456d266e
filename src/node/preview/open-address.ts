import { spawn } from 'node:child_process';

/** The program that opens an address in the user's browser. */
export function openerOf(platform: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

/** Opens an address in the user's browser; false where there is no program that could. */
export function openAddress(url: string, platform: string = process.platform): Promise<boolean> {
  const [program, ...words] = openerOf(platform);
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
