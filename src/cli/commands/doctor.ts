import type { CommandModule } from 'yargs';
import type { Diagnosis, Finding } from '#node/browser/diagnose';
import type { BackendRequest, SandboxMode } from '#node/browser/browser-types';

type DoctorArguments = Readonly<{
  browser?: string | undefined;
  gl: BackendRequest;
  sandbox: SandboxMode;
  json: boolean;
}>;

const BACKENDS: readonly BackendRequest[] = ['auto', 'gpu', 'mesa', 'swiftshader'];
const SANDBOX_MODES: readonly SandboxMode[] = ['auto', 'on', 'off'];
const MARKS: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
};

/** `diorama doctor`: says what this machine renders with, and proves it on a known frame. */
export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: 'Check Node, browser and renderer, and render a known frame',
  builder: (yargs) =>
    yargs
      .option('browser', {
        type: 'string',
        describe: 'Path of a Chrome or Chromium',
        requiresArg: true,
      })
      .option('gl', {
        choices: BACKENDS,
        default: 'auto' as const,
        describe: 'Graphics back end',
      })
      .option('sandbox', {
        choices: SANDBOX_MODES,
        default: 'auto' as const,
        describe: "Chromium's sandbox; auto: on, except as root",
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' }),
  handler: async (args) => {
    // Loaded when needed: browsers have no part in a help text.
    const { diagnose } = await import('#node/browser/diagnose');
    const diagnosis = await diagnose({
      browserPath: args.browser,
      backend: args.gl,
      sandbox: args.sandbox,
    });
    if (args.json) console.log(JSON.stringify(diagnosis, null, 2));
    else printDiagnosis(diagnosis);
    if (!diagnosis.healthy) process.exitCode = 1;
  },
};

/** Lines after the first stand under the finding's name. */
function indent(text: string): string {
  return text.replaceAll('\n', '\n        ');
}

function printDiagnosis(diagnosis: Diagnosis): void {
  for (const finding of diagnosis.findings) {
    console.log(`${MARKS[finding.state]} ${finding.name}: ${indent(finding.detail)}`);
    if (finding.advice !== undefined) console.log(`        ${indent(finding.advice)}`);
  }
  console.log(diagnosis.healthy ? 'This machine can render.' : 'This machine cannot render.');
}
