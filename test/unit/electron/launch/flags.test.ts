import { describe, expect, it } from 'vitest';
import { FlagError, flagsForHost, parseFlags } from '#electron/launch/flags.mjs';

/** What `parseFlags` complains of. */
function complaint(...args: string[]): { key: string; details: Record<string, string> } | null {
  try {
    parseFlags(args);
    return null;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    return { key: error.key, details: error.details };
  }
}

describe('parseFlags', () => {
  it('reads both ways of writing a value', () => {
    const flags = parseFlags(['--host', 'loopback', '--data-dir=/tmp/a=b', '--port', '0', '--no-open', '--lang=zh-CN']);
    expect(flags).toEqual({
      host: 'loopback',
      dataDir: '/tmp/a=b',
      port: 0,
      open: false,
      lang: 'zh-CN',
      help: false,
      fetchElectron: false,
    });
    expect(parseFlags([]).open).toBe(true);
  });

  it.each([
    [['--colour'], 'launch.flagUnknown', '--colour'],
    [['serve'], 'launch.flagUnknown', 'serve'],
    [['--no-open=yes'], 'launch.flagUnknown', '--no-open=yes'],
    [['--constructor'], 'launch.flagUnknown', '--constructor'],
    [['constructor'], 'launch.flagUnknown', 'constructor'],
    [['--data-dir'], 'launch.flagEmpty', '--data-dir'],
    [['--data-dir', '--no-open'], 'launch.flagEmpty', '--data-dir'],
    [['--data-dir='], 'launch.flagEmpty', '--data-dir'],
    [['--host', 'browser'], 'launch.flagValue', '--host'],
    [['--lang', 'fr'], 'launch.flagValue', '--lang'],
    [['--port', '65536'], 'launch.flagValue', '--port'],
    [['--port', '-1'], 'launch.flagValue', '--port'],
    [['--port', '0x10'], 'launch.flagValue', '--port'],
  ])('refuses %j', (args, key, flag) => {
    expect(complaint(...args)).toMatchObject({ key, details: { flag } });
  });
});

describe('flagsForHost', () => {
  it('hands on what each host understands', () => {
    const flags = parseFlags(['--data-dir', 'D', '--port', '80', '--no-open', '--lang', 'en']);
    expect(flagsForHost(flags, 'loopback')).toEqual(['--data-dir', 'D', '--lang', 'en', '--port', '80', '--no-open']);
    expect(flagsForHost(flags, 'electron')).toEqual(['--data-dir', 'D', '--lang', 'en']);
    expect(flagsForHost(parseFlags([]), 'loopback')).toEqual([]);
  });
});
