import { useRef, useState } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Category } from '#shared/domain/text.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { textTemplate, type TextTemplate, type TextWords } from '#renderer/lib/text-templates.ts';

/** What the form asks for. */
export interface TextsAnswers {
  file: string;
  name: string;
  template: TextTemplate;
  /** Of the template `categories`. */
  categories: readonly Category[];
  payPerPiece: Money | null;
}

/**
 * Looks into the file, creates a project of texts with the rules and terms of its template, and goes on to its file's columns. Of a file
 * that can't be read, or has no rows, nothing is made.
 */
export function useTextsProject(): {
  create: (answers: TextsAnswers) => Promise<void>;
  running: boolean;
  /** What is wrong with the file that was looked at: why it can't be read, or that it is empty. */
  fileProblem: { file: string; why: ClientError | 'empty' } | undefined;
  error: ClientError | undefined;
  /** How often nothing came of it. */
  failures: number;
} {
  const t = useText();
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const [fileProblem, setFileProblem] = useState<{ file: string; why: ClientError | 'empty' } | undefined>(undefined);
  const [failures, setFailures] = useState(0);
  const made = useRef<ProjectId | null>(null);
  const words: TextWords = {
    refusal: (key) => t(`work.text.refusals.${key}`),
    safety: (key) => t(`start.texts.safety.${key}`),
    passage: (key) => t(`start.texts.passages.${key}`),
    criterion: (name) => t(`start.texts.criteria.${name}`),
  };

  const build = async (answers: TextsAnswers): Promise<ProjectId> => {
    const { kind, labels, rules } = textTemplate(answers.template, words, answers.categories);
    const fields = { name: answers.name, labels, modality: 'text' } as const;
    const { day } = await client.call('time.state', {});
    if (made.current) await client.call('projects.change', { projectId: made.current, ...fields });
    const projectId =
      made.current ?? (await client.call('projects.create', { ...fields, client: null, intermediary: null })).projectId;
    made.current = projectId;
    const rate = answers.payPerPiece && ({ per: 'piece', amount: answers.payPerPiece } as const);
    if (rate) await client.call('projects.setTerms', { projectId, terms: { effectiveFrom: day, rate, note: null } });
    await client.call('guidelines.add', {
      ...{ projectId, version: t('start.texts.version'), text: t(`start.texts.means.${answers.template}`) },
      ...{ effectiveFrom: day, receivedAt: new Date().toISOString(), channel: null, announcedBy: null },
      rules: { text: rules },
    });
    await client.call('settings.set', { ui: { [`text.kind.${projectId}`]: kind } });
    return projectId;
  };

  const problemOf = async (path: string): Promise<ClientError | 'empty' | undefined> => {
    try {
      return (await client.call('texts.preview', { path })).rows === 0 ? 'empty' : undefined;
    } catch (thrown) {
      return toClientError(thrown, 'texts.preview');
    }
  };

  /** Whether the project stands. */
  const makeAndGo = async (answers: TextsAnswers): Promise<boolean> => {
    setError(undefined);
    const wrong = await problemOf(answers.file);
    setFileProblem(wrong && { file: answers.file, why: wrong });
    if (wrong !== undefined) return false;
    try {
      const projectId = await build(answers);
      navigate('work', { projectId, texts: answers.file });
      return true;
    } catch (thrown) {
      setError(toClientError(thrown, 'projects.create'));
      return false;
    }
  };

  const create = async (answers: TextsAnswers) => {
    setRunning(true);
    const begun = await makeAndGo(answers);
    setRunning(false);
    if (!begun) setFailures((count) => count + 1);
  };
  return { create, running, fileProblem, error, failures };
}
