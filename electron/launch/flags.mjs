// The flags of `npm start`.

/**
 * @typedef {object} StartFlags
 * @property {'electron' | 'loopback' | undefined} host
 * @property {string | undefined} dataDir
 * @property {number | undefined} port
 * @property {boolean} open false with `--no-open`
 * @property {'zh-CN' | 'en' | undefined} lang
 * @property {boolean} help
 * @property {boolean} fetchElectron only fetch the Electron binary, then stop
 */

/** A flag that is not understood. `key` is the locale key that says so, `details` what it speaks of. */
export class FlagError extends Error {
  /**
   * @param {string} key
   * @param {Record<string, string>} details
   */
  constructor(key, details) {
    super(key);
    this.key = key;
    this.details = details;
  }
}

/**
 * One value out of a fixed few.
 * @template {string} T
 * @param {string} flag
 * @param {string} value
 * @param {readonly T[]} allowed
 * @returns {T}
 */
function oneOf(flag, value, allowed) {
  const found = allowed.find((each) => each === value);
  if (!found) throw new FlagError('launch.flagValue', { flag, value, allowed: allowed.join(' | ') });
  return found;
}

/**
 * @param {string} flag
 * @param {string} value
 */
function portNumber(flag, value) {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : -1;
  if (port < 0 || port > 65_535) throw new FlagError('launch.flagValue', { flag, value, allowed: '0 – 65535' });
  return port;
}

/** @type {Record<string, (flags: StartFlags) => void>} */
const switches = {
  '--no-open': (flags) => (flags.open = false),
  '--help': (flags) => (flags.help = true),
  '--fetch-electron': (flags) => (flags.fetchElectron = true),
};

/** @type {Record<string, (flags: StartFlags, value: string) => void>} */
const settings = {
  '--host': (flags, value) => (flags.host = oneOf('--host', value, /** @type {const} */ (['electron', 'loopback']))),
  '--data-dir': (flags, value) => (flags.dataDir = value),
  '--port': (flags, value) => (flags.port = portNumber('--port', value)),
  '--lang': (flags, value) => (flags.lang = oneOf('--lang', value, /** @type {const} */ (['zh-CN', 'en']))),
};

/**
 * Reads the flags, written as `--name value` or `--name=value`.
 * @param {readonly string[]} args
 * @returns {StartFlags}
 * @throws {FlagError} for an unknown flag, a missing or an impossible value
 */
export function parseFlags(args) {
  /** @type {StartFlags} */
  const flags = {
    host: undefined,
    dataDir: undefined,
    port: undefined,
    open: true,
    lang: undefined,
    help: false,
    fetchElectron: false,
  };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const name = equals < 0 ? arg : arg.slice(0, equals);
    const toggle = Object.hasOwn(switches, name) ? switches[name] : undefined;
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (toggle && equals < 0) {
      toggle(flags);
    } else if (setting) {
      const value = equals < 0 ? args[(at += 1)] : arg.slice(equals + 1);
      if (!value || (equals < 0 && value.startsWith('--'))) throw new FlagError('launch.flagEmpty', { flag: name });
      setting(flags, value);
    } else {
      throw new FlagError('launch.flagUnknown', { flag: arg });
    }
  }
  return flags;
}

/**
 * The flags a host understands, to be handed on.
 * @param {StartFlags} flags
 * @param {'electron' | 'loopback'} host
 */
export function flagsForHost(flags, host) {
  const args = [];
  if (flags.dataDir !== undefined) args.push('--data-dir', flags.dataDir);
  if (flags.lang !== undefined) args.push('--lang', flags.lang);
  if (host === 'loopback') {
    if (flags.port !== undefined) args.push('--port', String(flags.port));
    if (!flags.open) args.push('--no-open');
  }
  return args;
}
