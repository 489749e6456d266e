import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { trackBrowser } from '#node/browser/own-browsers';

/** Starts a "browser" that writes to its profile as long as it lives, and exits while it is still starting. */
const profile = mkdtempSync(join(process.argv[2] ?? '', 'profile-'));
trackBrowser(profile);
const writing = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  for (let i = 0; ; i++) {
    mkdirSync(process.argv[1] + '/' + i);
    writeFileSync(process.argv[1] + '/' + i + '/state', '');
    if (i === 20) process.send('running');
  }`;
spawn(process.execPath, ['-e', writing, profile], {
  detached: true,
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
}).once('message', () => process.exit(130));
