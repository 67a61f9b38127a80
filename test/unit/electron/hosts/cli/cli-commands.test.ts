import { describe, expect, it } from 'vitest';
import { readCliCommand } from '#electron/hosts/cli/cli-commands.ts';

const call = (name: string, input: object, dataDir?: string) => ({ type: 'call', name, input, dataDir });

describe('readCliCommand', () => {
  it.each([
    [['call', 'tasks.list'], call('tasks.list', { json: '{}' })],
    [['call', 'tasks.list', '{"a":1}'], call('tasks.list', { json: '{"a":1}' })],
    [['call', 'tasks.list', '-'], call('tasks.list', { json: '-' })],
    [['--data-dir', '/d', 'call', 'a.b'], call('a.b', { json: '{}' }, '/d')],
    [['call', 'a.b', '{}', '--data-dir=/d'], call('a.b', { json: '{}' }, '/d')],
    [['ledger', 'verify'], call('ledger.verify', { value: {} })],
    [['backup'], call('backups.create', { value: {} })],
    [['restore', 'x.db'], call('backups.restore', { value: { name: 'x.db' } })],
    [['serve'], { type: 'serve', flags: ['--no-open'] }],
    [
      ['serve', '--port', '8', '--data-dir', '/d'],
      { type: 'serve', flags: ['--data-dir', '/d', '--port', '8', '--no-open'] },
    ],
    [['--help'], { type: 'help' }],
    [['call', '--help'], { type: 'help' }],
  ])('%o', (args, command) => {
    expect(readCliCommand(args)).toEqual(command);
  });

  it.each([
    [[]],
    [['call']],
    [['call', 'a.b', '{}', 'more']],
    [['ledger']],
    [['ledger', 'verify', 'more']],
    [['verify']],
    [['backup', 'x']],
    [['restore']],
    [['restore', 'a', 'b']],
    [['serve', 'x']],
    [['call', 'a.b', '--port', '8']],
    [['call', 'a.b', '--bogus']],
    [['--data-dir']],
    [['constructor']],
  ])('%o is not understood', (args) => {
    expect(() => readCliCommand(args)).toThrow(expect.objectContaining({ key: 'cli.problem' }) as Error);
  });
});
