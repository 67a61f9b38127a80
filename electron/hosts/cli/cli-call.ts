import { AppError } from '#shared/contract/errors.ts';
import { type AnyReply, longestCall, refusal } from '#electron/core/core-port.ts';
import { plainCapabilities } from '#electron/core/plain-capabilities.ts';
import { takeFolder } from '#electron/core/take-folder.ts';

/** Carries out one operation on a data folder that nobody else has open, in this thread. */
async function callAsOwner(dataDir: string, name: string, input: unknown): Promise<AnyReply> {
  // Loaded here: a call that goes to an owner needs none of it.
  const { createBackend } = await import('#electron/core/backend.ts');
  const backend = await createBackend({ dataDir, capabilities: plainCapabilities('cli', null) });
  try {
    return await backend.call(name, input);
  } finally {
    await backend.close();
  }
}

/**
 * Carries out one operation: through the owner of the data folder when there is one, so that its window shows the change at
 * once, else as the owner for as long as it takes.
 */
export async function callOnce(dataDir: string, name: string, input: unknown): Promise<AnyReply> {
  // The limit of every host, so that what works here works through an owner too.
  if (Buffer.byteLength(JSON.stringify(input)) > longestCall) return refusal('host/too-large', { limit: longestCall });
  try {
    const taken = await takeFolder(dataDir);
    if ('lock' in taken) {
      try {
        return await callAsOwner(dataDir, name, input);
      } finally {
        taken.lock.release();
      }
    }
    const reply = await taken.owner.call(name, input);
    await taken.owner.close();
    return reply;
  } catch (error) {
    if (error instanceof AppError) return refusal(error.code as 'host/busy', error.details);
    throw error;
  }
}
