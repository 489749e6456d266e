/**
 * The last step of `npm run build`: lets `dist/cli/main.js` be run. npm does so when it links a command for the first
 * time, and not when the file behind a link that stands is made anew: `npx diorama` then fails with "Permission denied".
 */
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/cli/main.js', import.meta.url), 0o755);
