import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { rateOfTime } from '#shared/rules/projects.rules.ts';
import { paidByTerms } from '#shared/rules/time.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import type { WorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { momentAfter, readTime } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { StretchFields, type Deed } from './stretch-fields.tsx';
import classes from './today.module.css';

interface Props {
  day: string;
  /** When the working day begins. */
  start: string;
  worked: WorkedProject;
  onClose: () => void;
}

type Log = Input<'time.log'>;

/** Writes down a stretch that nothing measured: of a day without the program, or from before it was opened. */
export function StateDialog({ day, start, worked, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const [deed, setDeed] = useState<Deed>(() => usual(worked, day));
  const log = useCommand('time.log');

  const save = async () => {
    setTried(true);
    const times = [readTime(from), readTime(to)] as const;
    if (times[0] === null || times[1] === null || log.running) return;
    const begins = momentAfter(Date.parse(start), times[0]);
    const [begin, end] = [begins, momentAfter(begins, times[1])].map((at) => new Date(at).toISOString());
    const said = { ...deed, start: begin, end, taskId: null, tag: null } as Log;
    if (await log.run(said)) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const wrong = (time: string) => (tried && readTime(time) === null ? t('today.state.wrongTime') : undefined);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('today.state.title', { day: format.dayOfWeek(day) })}
      size={600}
      withCloseButton={false}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field */}
      <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
        <Fields>
          <FieldRow>
            <TextInput
              data-autofocus
              className={classes.time}
              label={t('today.state.from')}
              withAsterisk
              placeholder="9:00"
              value={from}
              error={wrong(from)}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              className={classes.time}
              label={t('today.state.to')}
              withAsterisk
              placeholder="11:30"
              value={to}
              error={wrong(to)}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </FieldRow>
          <StretchFields lanes={['activity', 'waiting', 'presence']} day={day} deed={deed} onChange={setDeed} />
          <p className={classes.quiet}>{t('today.state.hint')}</p>
          <ErrorNotice error={log.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={log.running} rightSection={<KeyHint keys="Ctrl+Enter" />}>
              {t('today.state.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

/** Annotating, for the project that is worked on. */
function usual({ projectId, projects }: WorkedProject, day: string): Deed {
  const terms = projects.find(({ id }) => id === projectId)?.terms;
  const rate = terms ? rateOfTime(terms, null, day) : null;
  const paid = paidByTerms('activity', 'annotating', rate, projectId !== null);
  return { lane: 'activity', what: 'annotating', projectId: projectId as ProjectId | null, taskKind: null, paid };
}
