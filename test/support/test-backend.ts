import type { Input, OperationName, Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import { type Backend, type BackendOptions, createBackend } from '#electron/core/backend.ts';
import { createIds } from '#electron/core/ids.ts';
import type { HostCapabilities, Log } from '#electron/core/ports.ts';
import { FakeClock } from './fake-clock.ts';
import { tempDir } from './temp-dir.ts';

/** A host that offers nothing beside the contract. */
export const noCapabilities: HostCapabilities = {
  'host.capabilities': () => ({
    host: 'cli',
    versions: {},
    chooseFolder: false,
    chooseSaveFile: false,
    revealFile: false,
    smallTimer: false,
    globalKey: false,
    language: null,
  }),
  'host.chooseFolder': () => {
    throw new AppError('host/unsupported', { capability: 'chooseFolder' });
  },
  'host.chooseSaveFile': () => {
    throw new AppError('host/unsupported', { capability: 'chooseSaveFile' });
  },
  'host.revealFile': () => {
    throw new AppError('host/unsupported', { capability: 'revealFile' });
  },
  'host.showSmallTimer': () => {
    throw new AppError('host/unsupported', { capability: 'smallTimer' });
  },
  'host.setGlobalKey': () => {
    throw new AppError('host/unsupported', { capability: 'globalKey' });
  },
};

export interface TestBackend {
  backend: Backend;
  clock: FakeClock;
  /** The data folder. */
  dir: string;
  /** What was logged as an error; a test that expects none says so. */
  errors: unknown[][];
  /** @throws AppError with the code of the refusal */
  call<N extends OperationName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Closes the core and opens the same folder again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A real core over a real file in a folder of its own, with a clock that stands until it is moved. */
export async function openTestBackend(options: Partial<BackendOptions> = {}): Promise<TestBackend> {
  const own = options.dataDir === undefined ? tempDir() : null;
  const dir = options.dataDir ?? own?.path ?? '';
  const clock = (options.clock as FakeClock | undefined) ?? new FakeClock();
  const errors: unknown[][] = [];
  const log: Log = { info: () => undefined, error: (...line) => void errors.push(line) };
  const open = () =>
    createBackend({
      checkOutput: true,
      capabilities: noCapabilities,
      ids: createIds(clock),
      log,
      // A real timer would look at a clock that a test has just moved.
      ticker: { every: () => () => undefined },
      ...options,
      clock,
      dataDir: dir,
    });
  let backend = await open();

  return {
    get backend() {
      return backend;
    },
    clock,
    dir,
    errors,
    async call(name, input) {
      const reply = await backend.call(name, input);
      if (!reply.ok) {
        const cause = errors.at(-1);
        const error = new AppError(reply.error.code, reply.error.details);
        if (cause) error.cause = cause;
        throw error;
      }
      return reply.value as Output<typeof name>;
    },
    async reopen() {
      await backend.close();
      backend = await open();
    },
    async close() {
      await backend.close();
      own?.remove();
    },
  };
}
