import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId, RulingId } from '#shared/domain/ids.ts';
import type { Ruling } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow } from '#renderer/ui/form.tsx';
import classes from './projects.module.css';

interface Props {
  projectId: ProjectId;
  ruling: Ruling;
  rulings: readonly Ruling[];
}

/** Which rulings a ruling was marked as contradicting, and the mark for another. */
export function RulingContradictions({ projectId, ruling, rulings }: Props) {
  const t = useText();
  const marked = useQuery('rulings.contradictions', { projectId }).data?.contradictions ?? [];
  const [marking, setMarking] = useState(false);
  const others = rulings.filter(({ id }) => id !== ruling.id);
  const mine = marked.filter(({ rulingIds }) => rulingIds.includes(ruling.id));
  return (
    <div>
      {mine.map(({ noteId, entryId, rulingIds, text }) => {
        const other = rulings.find(({ id }) => id !== ruling.id && rulingIds.includes(id));
        return (
          <p key={noteId} className={classes.contradiction}>
            {t('projects.rulings.contradicts', { question: other?.question ?? '', answer: other?.answer ?? '' })} {text}{' '}
            <Button size="compact-xs" variant="subtle" onClick={() => navigate('ledger', { entryId })}>
              {t('projects.entries')}
            </Button>
          </p>
        );
      })}
      {others.length > 0 && !marking && (
        <Button size="compact-xs" variant="subtle" onClick={() => setMarking(true)}>
          {t('projects.rulings.mark')}
        </Button>
      )}
      {marking && <MarkForm ruling={ruling} others={others} onClose={() => setMarking(false)} />}
    </div>
  );
}

function MarkForm({ ruling, others, onClose }: { ruling: Ruling; others: readonly Ruling[]; onClose: () => void }) {
  const t = useText();
  const [other, setOther] = useState<string | null>(others.length === 1 ? (others[0]?.id ?? null) : null);
  const [text, setText] = useState('');
  const mark = useCommand('rulings.markContradiction');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (other === null) return;
    if (await mark.run({ rulingIds: [ruling.id, other as RulingId], text: text.trim() })) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <FieldRow>
        <Select
          className={classes.grow}
          aria-label={t('projects.rulings.other')}
          placeholder={t('projects.rulings.other')}
          data={others.map(({ id, question, answer }) => ({
            value: id,
            label: `${question} — ${answer}`.slice(0, 120),
          }))}
          value={other}
          onChange={setOther}
          searchable
        />
        <TextInput
          className={classes.grow}
          aria-label={t('projects.rulings.how')}
          placeholder={t('projects.rulings.how')}
          value={text}
          maxLength={20_000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={mark.running} disabled={other === null || text.trim() === ''}>
          {t('projects.rulings.mark')}
        </Button>
      </FieldRow>
      <ErrorNotice error={mark.error} />
    </form>
  );
}
