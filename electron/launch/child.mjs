// Running a child so that nothing is left behind when this process is told to end.
import { spawn } from 'node:child_process';

const parentPollMs = 500;
const interruptGraceMs = 1_000;
const killAfterMs = 15_000;

/**
 * Runs a program to its end and answers its exit code (128 + n for a signal, as shells do).
 *
 * npm signals only the shell between itself and this process, and that shell dies without a word to it; so a changed
 * parent counts as being told to end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: 'inherit', ...options });
    const parent = process.ppid;
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const end = () => {
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), killAfterMs));
    };
    // Ctrl-C reaches the child by itself, being of the same group; a signal sent to this process alone does not.
    const interrupt = () => timers.push(setTimeout(end, interruptGraceMs));
    const watch = setInterval(() => {
      if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
      clearInterval(watch);
      end();
    }, parentPollMs);
    process.on('SIGTERM', end).on('SIGHUP', end).on('SIGINT', interrupt);
    const release = () => {
      clearInterval(watch);
      timers.forEach(clearTimeout);
      process.off('SIGTERM', end).off('SIGHUP', end).off('SIGINT', interrupt);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15));
    });
  });
}
