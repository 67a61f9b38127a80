import { Button } from '@mantine/core';
import type { Output } from '#shared/contract/contract.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { Figure } from '#renderer/ui/figure.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { TextDiff } from '#renderer/ui/text-diff.tsx';
import classes from './returns.module.css';

type Account = Output<'returns.account'>;
type Changed = NonNullable<Account['change']>['objects'][number];

/** What the program adds to a return by itself: the rule in force, the time, the rounds, and what the revision changed. */
export function ReturnAccount({ account }: { account: Account }) {
  const t = useText();
  const format = useFormat();
  const { guideline, ruleYoungerThanWork: younger, rounds } = account;
  const opening = (entries: readonly EntryId[], title: string) => () => navigate('ledger', { entries, title });
  const all = rounds.flatMap(({ entries }) => entries);
  const facts = [
    { name: t('returns.account.guideline'), value: guideline?.version ?? t('returns.account.noGuideline') },
    younger !== null && {
      name: t('returns.account.younger'),
      value: (
        <span className={younger ? classes.young : undefined}>
          {t(younger ? 'returns.younger' : 'returns.notYounger')}
        </span>
      ),
    },
    account.workMs !== null && {
      name: t('returns.account.work'),
      value: (
        <Figure
          value={format.duration(account.workMs)}
          formula={t('returns.account.workFormula')}
          onOpen={opening(all.length > 0 ? all : [account.entryId], t('returns.account.work'))}
        />
      ),
    },
    account.revisingMs !== null && {
      name: t('returns.account.revising'),
      value: (
        <Figure
          value={format.duration(account.revisingMs)}
          formula={t('returns.account.revisingFormula')}
          onOpen={opening(all, t('returns.account.revising'))}
        />
      ),
    },
  ].filter((fact) => fact !== false);
  return (
    <section className={classes.part}>
      <h3>{t('returns.account.title')}</h3>
      <Facts facts={facts} />
      {rounds.length > 0 && (
        <table className={classes.rounds}>
          <caption>{t('returns.account.rounds')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('returns.columns.round')}</th>
              <th scope="col">{t('returns.account.sealed')}</th>
              <th scope="col">{t('returns.account.time')}</th>
              <th scope="col">{t('returns.account.returns')}</th>
            </tr>
          </thead>
          <tbody>
            {rounds.map((round, i) => (
              <tr key={round.submissionId ?? i}>
                <td>{format.number(round.round)}</td>
                <td>{round.sealedAt === null ? t('returns.account.open') : format.dateTime(round.sealedAt)}</td>
                <td>
                  <Figure
                    value={format.duration(round.timeMs)}
                    formula={t('returns.account.roundFormula')}
                    onOpen={opening(round.entries, t('returns.account.roundTitle', { round: round.round }))}
                  />
                </td>
                <td>{format.number(round.returns)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Change account={account} />
    </section>
  );
}

function Change({ account: { change, taskId, projectId } }: { account: Account }) {
  const t = useText();
  if (taskId === null) return null;
  if (change === null) {
    return (
      <p className={classes.quiet}>
        {t('returns.change.none')}{' '}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => navigate('work', projectId === null ? { taskId } : { projectId, taskId })}
        >
          {t('returns.open')}
        </Button>
      </p>
    );
  }
  return (
    <>
      <h3>{t('returns.change.title')}</h3>
      {change.answer.map(({ field, text }) => (
        <div key={field}>
          <p className={classes.class}>{t(`returns.change.answer.${field}`)}</p>
          {text && <TextDiff before={text.before} after={text.after} />}
        </div>
      ))}
      <ul className={classes.changes}>
        {change.objects.slice(0, mostShown).map((object) => (
          <ChangedLine key={`${object.what} ${object.shapeId}`} object={object} />
        ))}
      </ul>
      <p className={classes.quiet}>
        {change.objects.length > mostShown && t('returns.change.more', { count: change.objects.length - mostShown })}{' '}
        {(change.answer.length === 0 || change.unchanged > 0) &&
          t('returns.change.unchanged', { count: change.unchanged })}
      </p>
    </>
  );
}

/** Lines of changes drawn; a revision of more is no list any more. */
const mostShown = 200;
const sides = ['left', 'top', 'right', 'bottom'] as const;

function ChangedLine({ object }: { object: Changed }) {
  const t = useText();
  const format = useFormat();
  const name = object.label ?? t('returns.change.noClass');
  const moved = object.sides;
  const parts = [
    object.what !== 'changed' && t(`returns.change.${object.what}`),
    object.classChanged &&
      t('returns.change.class', {
        before: object.labelBefore ?? t('returns.change.noClass'),
        after: object.label ?? t('returns.change.noClass'),
      }),
    moved &&
      sides
        .filter((side) => moved[side] !== 0)
        .map(
          (side) =>
            `${t(`returns.change.sides.${side}`)} ${moved[side] > 0 ? '+' : ''}${format.number(moved[side])} px`,
        )
        .join(' · '),
    object.reshaped && moved === null && t('returns.change.reshaped'),
    object.attributesChanged && t('returns.change.attributes'),
    object.text !== null && t('returns.change.text'),
  ].filter((part) => typeof part === 'string');
  return (
    <li>
      <span className={classes.class}>{name}</span> <span>{parts.join(' · ')}</span>
      {object.text && <TextDiff before={object.text.before} after={object.text.after} />}
    </li>
  );
}
