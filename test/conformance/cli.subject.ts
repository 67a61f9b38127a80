import type { AnyReply } from '#electron/core/core-port.ts';
import { runCliProcess } from '#test/support/cli-process.ts';
import type { Subject, SubjectKind } from './subject.ts';

/** The command line on a folder nobody else has open: a process for each call. */
export const cliSubject: SubjectKind = {
  name: 'cli',
  // A process that lives for one call has nothing to listen with.
  feed: false,
  async open(dataDir): Promise<Subject> {
    const run = (args: string[], stdin?: string) =>
      runCliProcess(['--data-dir', dataDir, ...args], { stdin: stdin ?? '' });
    return {
      async call(name, input) {
        const { code, stdout, stderr } = await run(['call', name, '-'], JSON.stringify(input ?? null));
        const lines = stdout.split('\n').filter(Boolean);
        if (lines.length !== 1) throw new Error(`exit ${code}, ${lines.length} lines on stdout: ${stderr}`);
        const reply = JSON.parse(lines[0] ?? '') as AnyReply;
        if (code !== (reply.ok ? 0 : 1)) throw new Error(`exit ${code} beside ${stdout}`);
        return reply;
      },
      watch: () => Promise.reject(new Error('the cli has no change feed')),
      // Whoever can start it is the user; the folder's permissions are its door.
      strangers: [],
      malformed: ['{', 'undefined', ''].map((text) => ({
        what: JSON.stringify(text),
        refused: 'host/bad-input',
        async make() {
          const { code, stdout } = await run(['call', 'settings.get', '-'], text);
          // Exit 2 with nothing on stdout is how this host says that it did not understand.
          const understood = code !== 2 || stdout !== '';
          return understood ? 'no answer' : { ok: false, error: { code: 'host/bad-input', details: {} } };
        },
      })),
      burst: 6,
      close: async () => undefined,
    };
  },
};
