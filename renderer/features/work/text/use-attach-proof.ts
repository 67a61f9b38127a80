import { useState } from 'react';
import type { SubmissionId } from '#shared/domain/ids.ts';
import { fromBase64, toBase64 } from '#shared/proofs/base64.ts';
import { historyBytes } from '#shared/text/history-file.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { TextDesk } from './text-desk.ts';

/** Attaching the history of a task's texts to what is kept of its submission. */
export interface AttachProof {
  attach: () => Promise<void>;
  running: boolean;
  error: ClientError | undefined;
  /** `sealed`: it is exactly the file whose hash the submission sealed; `later`: something was written since. */
  attached: 'sealed' | 'later' | null;
  clear: () => void;
}

/** Writes the history as a file beside the ledger and a note on the submission that refers to it. */
export function useAttachProof(desk: TextDesk, submissionId: SubmissionId | null): AttachProof {
  const t = useText();
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const [attached, setAttached] = useState<AttachProof['attached']>(null);
  const attach = async () => {
    if (submissionId === null || running) return;
    setRunning(true);
    setError(undefined);
    try {
      await desk.texts.flush();
      const { logs } = await client.call('texts.readLogs', { taskId: desk.texts.taskId });
      const bytes = historyBytes(logs.map(({ field, data }) => ({ field, bytes: fromBase64(data) })));
      const blob = await client.call('attachments.add', {
        data: toBase64(bytes),
        mediaType: 'application/json',
        name: 'edit-history.json',
      });
      const sealed = await sealedHash(client, submissionId);
      const same = sealed === blob.blob;
      await client.call('notes.write', {
        text: same
          ? t('work.text.proof.note', { hash: blob.blob })
          : t('work.text.proof.noteLater', { hash: blob.blob, sealed: sealed ?? '–' }),
        about: [submissionId],
        attachments: [blob],
        writtenAt: new Date().toISOString(),
      });
      setAttached(same ? 'sealed' : 'later');
    } catch (thrown) {
      setError(toClientError(thrown, 'notes.write'));
    } finally {
      setRunning(false);
    }
  };
  return { attach, running, error, attached, clear: () => setError(undefined) };
}

/** The hash of the history that a submission sealed. */
async function sealedHash(client: ReturnType<typeof useClient>, submissionId: SubmissionId): Promise<string | null> {
  const { entries } = await client.call('ledger.list', {
    filter: { kinds: ['submission.sealed'], subject: submissionId },
    offset: 0,
    limit: 1,
  });
  const entry = entries[0] && (await client.call('ledger.get', { id: entries[0].id }));
  const history = entry?.fields.find(({ name }) => name === 'history')?.value;
  return typeof history === 'object' && history !== null && 'hash' in history && typeof history.hash === 'string'
    ? history.hash
    : null;
}
