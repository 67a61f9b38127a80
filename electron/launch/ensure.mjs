// Installs the dependencies when what lies in node_modules is not what the lock file says.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.mjs';
import { environmentForProgram, isNodeUsable, nodeForProgram, programRoot } from './node-runtime.mjs';

/** @typedef {{version?: string, integrity?: string, optional?: boolean, peer?: boolean}} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether node_modules holds what the lock file of `root` names. Packages that are optional may be absent: they are
 * made for other systems.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '') return true;
    const found = present[path];
    if (!found) return locked.optional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

/**
 * How to run npm without a shell: npm names its own script when it started us; else it lies beside Node.
 * @returns {{command: string, args: string[], shell: boolean}}
 */
function npmCommand() {
  const beside = dirname(process.execPath);
  const scripts = [
    process.env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (script) return { command: process.execPath, args: [script], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * @param {string} node what runs npm
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether npm succeeded
 */
async function runNpm(node, args) {
  const npm = npmCommand();
  const command = npm.command === process.execPath ? node : npm.command;
  const code = await runChild(command, [...npm.args, ...args, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: programRoot,
    // npm's own words go to stderr, since stdout belongs to the program.
    stdio: ['ignore', 2, 2],
    shell: npm.shell,
    env: environmentForProgram(),
  });
  return code === 0;
}

/**
 * Brings node_modules in line with the lock file.
 * @param {() => void} announce called before anything is installed
 * @returns {Promise<boolean>} false when npm failed
 */
export async function ensureInstalled(announce = () => {}) {
  if (isInstalled(programRoot)) return true;
  announce();
  if (!(await runNpm(process.execPath, ['ci']))) return false;
  const node = nodeForProgram();
  if (isNodeUsable(process.versions.node) || !node) return true;
  // npm leaves out optional packages that refuse the Node it runs on, and the compilers' native parts are such packages.
  // Run again on the Node that came along, it adds them.
  return runNpm(node, ['install', '--no-save']);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await ensureInstalled())) process.exitCode = 1;
