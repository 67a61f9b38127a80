import type { Core } from './core-port.ts';
import { createFileLog } from './log.ts';
import type { OwnerConnection } from './owner-connection.ts';
import type { WindowAnswer, WindowRequest } from './owner-protocol.ts';
import { openOwnerSocket } from './owner-socket.ts';
import type { HostCapabilities, Log } from './ports.ts';
import { takeFolder } from './take-folder.ts';
import { startWorkerCore } from './worker-client.ts';

export interface OwnerOptions {
  dataDir: string;
  /** Name of the host. */
  host: string;
  capabilities: HostCapabilities;
  /** How the host brings up a window when another process asks for it. */
  showWindow(request: WindowRequest): Promise<WindowAnswer>;
}

/** A data folder owned by this process, with the core at work on it. */
export interface Owned {
  core: Core;
  log: Log;
  /** Opens the folder to other processes of this user; when the host is ready to show its window. */
  admitGuests(): Promise<void>;
  /** Closes core, socket and folder, in that order. */
  close(): Promise<void>;
}

/**
 * Takes the data folder and starts the core on it, or answers the way to the process that has it.
 *
 * @throws AppError `data/folder-unusable`, `host/busy`
 */
export async function ownFolder(options: OwnerOptions): Promise<{ owned: Owned } | { owner: OwnerConnection }> {
  const { dataDir, host, capabilities, showWindow } = options;
  const taken = await takeFolder(dataDir);
  if ('owner' in taken) return taken;
  const log = createFileLog(dataDir);
  const core = startWorkerCore({ dataDir, capabilities, log });
  let socket: Awaited<ReturnType<typeof openOwnerSocket>> | null = null;
  return {
    owned: {
      core,
      log,
      async admitGuests() {
        socket = await openOwnerSocket({ dataDir, host, core, showWindow });
      },
      async close() {
        await core.close();
        await socket?.close();
        taken.lock.release();
      },
    },
  };
}
