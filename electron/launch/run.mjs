// Runs a script of this program on a Node that can run it, after installing what is missing:
// `node electron/launch/run.mjs <script> [arguments]`.
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled } from './ensure.mjs';
import { launchLanguage, translator } from './messages.mjs';
import { callerFolder, environmentForProgram, nodeForProgram, programRoot } from './node-runtime.mjs';

const say = translator(launchLanguage(undefined));
const [script = '', ...args] = process.argv.slice(2);
const installed = await ensureInstalled(() => console.error(say('launch.installing')));
const node = nodeForProgram();
if (!installed) {
  console.error(say('launch.installFailed'));
  process.exitCode = 1;
} else if (node) {
  process.exitCode = await runChild(node, [join(programRoot, script), ...args], {
    cwd: callerFolder(),
    env: environmentForProgram(),
  });
} else {
  console.error(say('launch.nodeTooOld', { found: process.versions.node }));
  process.exitCode = 1;
}
