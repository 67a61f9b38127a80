import { Select } from '@mantine/core';
import type { ProjectId } from '#shared/domain/ids.ts';
import { paid as paidOptions, type Lane, type Paid } from '#shared/domain/time.ts';
import { asksForKind, kindsOf, rateOfTime } from '#shared/rules/projects.rules.ts';
import { paidByTerms } from '#shared/rules/time.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { activities, reasons, whatWords } from '#renderer/lib/time-words.ts';
import { FieldRow } from '#renderer/ui/form.tsx';
import classes from './today.module.css';

/** What a stretch was: in which lane, for which project, and how it is paid. */
export interface Deed {
  lane: Lane;
  what: string;
  projectId: ProjectId | null;
  /** As which kind of task it is paid; null where none was named. */
  taskKind: string | null;
  paid: Paid;
}

interface Props {
  /** Which lanes it may be in. */
  lanes: readonly Lane[];
  day: string;
  deed: Deed;
  /** Its task says of what kind it is. */
  ofTask?: boolean;
  onChange: (deed: Deed) => void;
}

const whatsOf: Readonly<Record<Lane, readonly string[]>> = {
  activity: activities,
  waiting: reasons,
  presence: ['present'],
};
/** Names no project, no kind; a select can't hold null. */
const none = '';

/** Asks what a stretch was. Another answer brings what its terms say of the pay, which can be changed still. */
export function StretchFields({ lanes, day, deed, ofTask = false, onChange }: Props) {
  const t = useText();
  const projects = useQuery('projects.list', { archived: true }, { topics: ['projects'] }).data?.projects ?? [];
  const offered = projects.filter(({ id, archived }) => !archived || id === deed.projectId);
  const change = (part: Partial<Pick<Deed, 'lane' | 'what' | 'projectId' | 'taskKind'>>) => {
    const next = { ...deed, ...part };
    // Being there is of no project.
    if (next.lane === 'presence') next.projectId = null;
    const terms = projects.find(({ id }) => id === next.projectId)?.terms ?? [];
    if (next.taskKind !== null && !kindsOf(terms).includes(next.taskKind)) next.taskKind = null;
    const rate = rateOfTime(terms, next.taskKind, day);
    onChange({ ...next, paid: paidByTerms(next.lane, next.what, rate, next.projectId !== null) });
  };
  const own = projects.find(({ id }) => id === deed.projectId)?.terms ?? [];
  const kinds = !ofTask && asksForKind(own) ? kindsOf(own) : [];
  const value = (lane: Lane, what: string) => `${lane}/${what}`;
  return (
    <FieldRow>
      <Select
        className={classes.grow}
        openOnFocus={false}
        label={t('today.correct.what')}
        data={lanes.map((lane) => ({
          group: t(`today.lanes.${lane}`),
          items: whatsOf[lane].map((what) => ({ value: value(lane, what), label: whatWords(t, lane, what) })),
        }))}
        value={value(deed.lane, deed.what)}
        onChange={(chosen) => {
          const [lane, what] = (chosen ?? '').split('/');
          if (lane && what) change({ lane: lane as Lane, what });
        }}
        allowDeselect={false}
      />
      {deed.lane !== 'presence' && (
        <>
          <Select
            className={classes.grow}
            openOnFocus={false}
            label={t('today.correct.project')}
            data={[
              ...offered.map(({ id, name }) => ({ value: id as string, label: name })),
              { value: none, label: t('today.correct.noProject') },
            ]}
            value={deed.projectId ?? none}
            onChange={(id) => change({ projectId: id === none ? null : (id as ProjectId) })}
            allowDeselect={false}
            searchable
          />
          {kinds.length > 0 && (
            <Select
              className={classes.grow}
              openOnFocus={false}
              label={t('elsewhere.kind')}
              data={[
                ...kinds.map((kind) => ({ value: kind, label: kind })),
                { value: none, label: t('elsewhere.kindAll') },
              ]}
              value={deed.taskKind ?? none}
              onChange={(kind) => change({ taskKind: kind === none ? null : kind })}
              allowDeselect={false}
            />
          )}
          <Select
            className={classes.paid}
            openOnFocus={false}
            label={t('today.correct.paid')}
            data={paidOptions.options.map((each) => ({ value: each, label: t(`day.paid.${each}`) }))}
            value={deed.paid}
            onChange={(paid) => paid && onChange({ ...deed, paid: paid as Paid })}
            allowDeselect={false}
          />
        </>
      )}
    </FieldRow>
  );
}
