import { Popover, UnstyledButton } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import type { WaitingFor } from '#shared/domain/time.ts';
import { useQueryCache } from '#renderer/client/client-context.tsx';
import { useCommand } from '#renderer/client/use-command.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { keepKeysDuring } from '#renderer/lib/kept-keys.ts';
import { reasons, whatWords } from '#renderer/lib/time-words.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { KeyMenu } from '#renderer/ui/key-menu.tsx';
import { dayStore, toggleQuestion } from './day.store.ts';
import classes from './day-strip.module.css';

interface Props {
  waiting: Output<'time.state'>['waiting'];
  /** Milliseconds since it was told. */
  since: number;
}

/** The next key may be the answer already. */
const atOnce = { duration: 0 };
const close = () => dayStore.setState({ open: null });

/** What is waited for, with its clock; its key starts or ends waiting. */
export function WaitQuestion({ waiting, since }: Props) {
  const t = useText();
  const format = useFormat();
  const opened = dayStore((state) => state.open === 'wait');
  const [longest] = [...waiting].sort((a, b) => b.elapsedMs - a.elapsedMs);
  const words = longest && whatWords(t, 'waiting', longest.what);
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="top-end"
      offset={6}
      transitionProps={atOnce}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-waiting={waiting.length > 0 || undefined}
          aria-expanded={opened}
          aria-label={t('day.actions.wait')}
          onClick={() => toggleQuestion('wait')}
        >
          <IconHourglass size={15} stroke={1.6} aria-hidden />
          {longest ? (
            <>
              <span>{waiting.length > 1 ? t('day.wait.several', { words, more: waiting.length - 1 }) : words}</span>
              <time className={classes.clock}>{format.clock(longest.elapsedMs + since)}</time>
            </>
          ) : (
            <span>{t('day.wait.button')}</span>
          )}
          <KeyHint of="day.wait" keys="W" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>{opened && <WaitAnswers waiting={waiting} onClose={close} />}</Popover.Dropdown>
    </Popover>
  );
}

export function WaitAnswers({ waiting, onClose }: { waiting: Props['waiting']; onClose: () => void }) {
  const t = useText();
  const queries = useQueryCache();
  const wait = useCommand('time.wait');
  const { projectId } = useWorkedProject();
  const waitsFor = (reason: WaitingFor) => waiting.some(({ what }) => what === reason);
  const toggle = async (reason: WaitingFor) => {
    const on = !waitsFor(reason);
    const answered = await wait.run({ for: reason, on, ...(on ? { projectId } : {}) });
    if (answered) onClose();
    await queries.refetch('time.state', {});
  };
  return (
    <KeyMenu
      title={t('day.wait.title')}
      lead={t('day.wait.lead')}
      onClose={onClose}
      answers={reasons.map((reason, at) => ({
        key: String(at + 1),
        label: waitsFor(reason)
          ? t('day.wait.end', { what: whatWords(t, 'waiting', reason) })
          : whatWords(t, 'waiting', reason),
        mark: waitsFor(reason) ? <IconHourglass size={12} stroke={1.8} aria-hidden /> : null,
        on: waitsFor(reason),
        run: () => keepKeysDuring(toggle(reason)),
      }))}
    >
      <ErrorNotice error={wait.error} />
    </KeyMenu>
  );
}
