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

/** Creates a project of texts with the rules and terms of its template, and goes on to its file's columns. */
export function useTextsProject(): {
  create: (answers: TextsAnswers) => Promise<void>;
  running: boolean;
  error: ClientError | undefined;
} {
  const t = useText();
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
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

  const create = async (answers: TextsAnswers) => {
    setError(undefined);
    setRunning(true);
    try {
      const projectId = await build(answers);
      navigate('work', { projectId, texts: answers.file });
    } catch (thrown) {
      setError(toClientError(thrown, 'projects.create'));
    } finally {
      setRunning(false);
    }
  };
  return { create, running, error };
}
