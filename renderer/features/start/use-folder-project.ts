import { useRef, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Money } from '#shared/domain/money.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useJob, type Job } from '#renderer/client/use-job.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** What the form asks for. */
export interface FolderAnswers {
  folder: string;
  name: string;
  labels: LabelSet;
  payPerPiece: Money | null;
}

/** A project on its way from a folder. */
export interface FolderProject {
  create: (answers: FolderAnswers) => Promise<void>;
  job: Job<'tasks.importFolder'>;
  folder: string;
  projectId: string | null;
  imported: Output<'tasks.importFolder'> | null;
  error: ClientError | undefined;
}

const everyday: ReadonlySet<string> = new Set(['hidden', 'not-a-photo', 'not-a-recording']);

/** Files left out that one would want to know of; a text file beside photos is not among them. */
export function worthTelling({ skippedSome }: Output<'tasks.importFolder'>): { path: string; problem: string }[] {
  return skippedSome.filter(({ problem }) => !everyday.has(problem));
}

/**
 * Creates the project, sets its terms, takes the photos in, and goes on to Work unless a photo was left out. Trying again after
 * a cancelled or failed import goes on with the project that is there already.
 */
export function useFolderProject(): FolderProject {
  const client = useClient();
  const job = useJob('tasks.importFolder');
  const [folder, setFolder] = useState('');
  const [imported, setImported] = useState<Output<'tasks.importFolder'> | null>(null);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const made = useRef<{ projectId: string; payPerPiece: Money | null } | null>(null);

  const setTerms = async (projectId: string, payPerPiece: Money | null) => {
    const set = made.current?.payPerPiece;
    if (!payPerPiece || (set?.minor === payPerPiece.minor && set.currency === payPerPiece.currency)) return;
    const { day } = await client.call('time.state', {});
    const rate = { per: 'piece', amount: payPerPiece } as const;
    await client.call('projects.setTerms', { projectId, terms: { effectiveFrom: day, rate, note: null } });
    made.current = { projectId, payPerPiece };
  };

  const project = async ({ name, labels, payPerPiece }: FolderAnswers): Promise<string> => {
    const fields = { name, labels };
    if (made.current) {
      const { projectId } = made.current;
      await client.call('projects.change', { projectId, ...fields });
      await setTerms(projectId, payPerPiece);
      return projectId;
    }
    const { projectId } = await client.call('projects.create', {
      ...fields,
      client: null,
      intermediary: null,
      modality: 'image',
    });
    made.current = { projectId, payPerPiece: null };
    await setTerms(projectId, payPerPiece);
    return projectId;
  };

  const create = async (answers: FolderAnswers) => {
    setError(undefined);
    setImported(null);
    setFolder(answers.folder);
    let projectId: string;
    try {
      projectId = await project(answers);
    } catch (thrown) {
      setError(toClientError(thrown, 'projects.create'));
      return;
    }
    const result = await job.run({ projectId, path: answers.folder });
    if (!result) return;
    setImported(result);
    if (result.taken + result.alreadyThere > 0 && worthTelling(result).length === 0) navigate('work', { projectId });
  };

  return { create, job, folder, projectId: made.current?.projectId ?? null, imported, error };
}
