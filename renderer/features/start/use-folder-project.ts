import { useRef, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Guideline } from '#shared/domain/project.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useJob, type Job } from '#renderer/client/use-job.ts';
import { navigate } from '#renderer/lib/route.store.ts';

/** What the form asks for. */
export interface FolderAnswers {
  folder: string;
  modality: 'image' | 'audio';
  name: string;
  labels: LabelSet;
  /** What the chosen template asks for beside the classes; becomes the first version of the guideline. */
  guideline: Pick<Guideline, 'version' | 'text' | 'rules'> | null;
  payPerPiece: Money | null;
}

/** A project on its way from a folder. */
export interface FolderProject {
  create: (answers: FolderAnswers) => Promise<void>;
  job: Job<'tasks.importFolder'>;
  folder: string;
  modality: FolderAnswers['modality'];
  projectId: string | null;
  imported: Output<'tasks.importFolder'> | null;
  error: ClientError | undefined;
  /** How often it did not come to work: cancelled, refused, or nothing found after all. */
  failures: number;
}

const everyday: ReadonlySet<string> = new Set(['hidden', 'not-a-photo', 'not-a-recording']);

/** Files left out that one would want to know of; a text file beside photos is not among them. */
export function worthTelling({ skippedSome }: Output<'tasks.importFolder'>): { path: string; problem: string }[] {
  return skippedSome.filter(({ problem }) => !everyday.has(problem));
}

/**
 * Creates the project, sets its terms, takes the photos or recordings in, and goes on to Work unless one was left out. Trying again after
 * a cancelled or failed import goes on with the project that is there already. The form has looked into the folder before.
 */
export function useFolderProject(): FolderProject {
  const client = useClient();
  const job = useJob('tasks.importFolder');
  const [folder, setFolder] = useState('');
  const [working, setWorking] = useState<FolderAnswers['modality']>('image');
  const [imported, setImported] = useState<Output<'tasks.importFolder'> | null>(null);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const [failures, setFailures] = useState(0);
  const creating = useRef(false);
  const made = useRef<{ projectId: ProjectId; payPerPiece: Money | null } | null>(null);

  const setTerms = async (projectId: ProjectId, payPerPiece: Money | null) => {
    const set = made.current?.payPerPiece;
    if (!payPerPiece || (set?.minor === payPerPiece.minor && set.currency === payPerPiece.currency)) return;
    const { day } = await client.call('time.state', {});
    const rate = { per: 'piece', amount: payPerPiece } as const;
    await client.call('projects.setTerms', { projectId, terms: { effectiveFrom: day, rate, note: null } });
    made.current = { projectId, payPerPiece };
  };

  const setGuideline = async (projectId: ProjectId, guideline: FolderAnswers['guideline']) => {
    const { guidelines } = await client.call('guidelines.list', { projectId });
    if (guideline === null || guidelines.some(({ version }) => version === guideline.version)) return;
    const { day } = await client.call('time.state', {});
    const received = { receivedAt: new Date().toISOString(), channel: null, announcedBy: null };
    await client.call('guidelines.add', { projectId, ...guideline, effectiveFrom: day, ...received });
  };

  const project = async ({ name, labels, modality, guideline, payPerPiece }: FolderAnswers): Promise<ProjectId> => {
    const fields = { name, labels, modality };
    if (made.current) {
      const { projectId } = made.current;
      await client.call('projects.change', { projectId, ...fields });
      await setTerms(projectId, payPerPiece);
      await setGuideline(projectId, guideline);
      return projectId;
    }
    const { projectId } = await client.call('projects.create', {
      ...fields,
      client: null,
      intermediary: null,
    });
    made.current = { projectId, payPerPiece: null };
    await setTerms(projectId, payPerPiece);
    await setGuideline(projectId, guideline);
    return projectId;
  };

  /** Whether anything was taken in. */
  const makeAndTakeIn = async (answers: FolderAnswers): Promise<boolean> => {
    setError(undefined);
    setImported(null);
    setFolder(answers.folder);
    setWorking(answers.modality);
    let projectId: ProjectId;
    try {
      projectId = await project(answers);
    } catch (thrown) {
      setError(toClientError(thrown, 'projects.create'));
      return false;
    }
    const result = await job.run({ projectId, path: answers.folder });
    if (!result) return false;
    setImported(result);
    const some = result.taken + result.alreadyThere > 0;
    if (some && worthTelling(result).length === 0) navigate('work', { projectId });
    return some;
  };

  const create = async (answers: FolderAnswers) => {
    // The second of two quick presses finds the first under way; it would write the same into the ledger again.
    if (creating.current) return;
    creating.current = true;
    const begun = await makeAndTakeIn(answers).finally(() => (creating.current = false));
    if (!begun) setFailures((count) => count + 1);
  };

  const projectId = made.current?.projectId ?? null;
  return { create, job, folder, modality: working, projectId, imported, error, failures };
}
