// `npm start`: installs what is missing, builds what is out of date, and hands over to a host.
// stdout belongs to the host, which prints its address there; everything said here goes to stderr.
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { findElectron, fetchElectron, wasElectronTried } from './electron-binary.mjs';
import { ensureInstalled } from './ensure.mjs';
import { FlagError, flagsForHost, parseFlags } from './flags.mjs';
import { isBuilt } from './built-state.mjs';
import { launchLanguage, translator } from './messages.mjs';
import { callerFolder, environmentForProgram, nodeForProgram, programRoot } from './node-runtime.mjs';

/** @typedef {import('./flags.mjs').StartFlags} StartFlags */
/** @typedef {ReturnType<typeof translator>} Say */

/** Exit code for a command line that is not understood. */
const usageError = 2;
/** An Electron that cannot run here (a missing library, a forbidden sandbox) says so within this time. */
const startFailureMs = 5_000;

/**
 * @param {readonly string[]} args
 * @returns {StartFlags | null} null after saying what is wrong with them
 */
function readFlags(args) {
  try {
    return parseFlags(args);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    const at = args.indexOf('--lang');
    const say = translator(launchLanguage(args[at + 1]));
    console.error(say(error.key, error.details));
    console.error(say('launch.help'));
    return null;
  }
}

/** Whether a window of Electron's own could appear at all. */
function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * The Electron executable, when it is the host to take: asked for, or possible and not excluded by the other flags.
 * @param {StartFlags} flags
 * @param {string} node
 * @param {Say} say
 * @returns {Promise<string | null>}
 */
async function electronToRun(flags, node, say) {
  if (flags.host === 'loopback') return null;
  // A port and an unopened window mean something to the loopback host only.
  if (flags.host === undefined && (!hasDisplay() || !flags.open || flags.port !== undefined)) return null;
  const found = findElectron();
  if (found) return found;
  if (wasElectronTried()) {
    if (flags.host === 'electron') console.error(say('launch.electronTriedBefore'));
    return null;
  }
  return (await fetchElectron(node, say)) ? findElectron() : null;
}

/**
 * @param {string} executable
 * @param {StartFlags} flags
 */
function runElectron(executable, flags) {
  // Chromium refuses its sandbox to root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return runChild(executable, [...asRoot, programRoot, ...flagsForHost(flags, 'electron')], {
    cwd: callerFolder(),
    env: environmentForProgram(),
  });
}

/**
 * @param {StartFlags} flags
 * @param {Say} say
 * @returns {Promise<number>} exit code
 */
async function start(flags, say) {
  if (!(await ensureInstalled(() => console.error(say('launch.installing'))))) {
    console.error(say('launch.installFailed'));
    return 1;
  }
  const node = nodeForProgram();
  if (!node) {
    console.error(say('launch.nodeTooOld', { found: process.versions.node }));
    return 1;
  }
  if (flags.fetchElectron) return findElectron() || (await fetchElectron(node, say)) ? 0 : 1;
  if (!isBuilt()) {
    console.error(say('launch.building'));
    const build = join(programRoot, 'electron', 'launch', 'build.mjs');
    const code = await runChild(node, [build], {
      cwd: programRoot,
      env: environmentForProgram(),
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) {
      console.error(say('launch.buildFailed'));
      return 1;
    }
  }
  const electron = await electronToRun(flags, node, say);
  if (electron) {
    const started = performance.now();
    const code = await runElectron(electron, flags);
    if (code === 0 || code >= 128 || performance.now() - started > startFailureMs) return code;
    console.error(say('launch.electronRefused', { code }));
  }
  if (flags.host === 'electron') return 1;
  const loopback = join(programRoot, 'dist', 'node', 'loopback.mjs');
  return runChild(node, [loopback, ...flagsForHost(flags, 'loopback')], {
    cwd: callerFolder(),
    env: environmentForProgram(),
  });
}

const flags = readFlags(process.argv.slice(2));
if (!flags) {
  process.exitCode = usageError;
} else {
  const say = translator(launchLanguage(flags.lang));
  if (flags.help) console.log(say('launch.help'));
  else process.exitCode = await start(flags, say);
}
