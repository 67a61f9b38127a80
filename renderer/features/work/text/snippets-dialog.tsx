import { ActionIcon, Button, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { snippetKeys } from './text.action.ts';
import { textStore } from './text.store.ts';
import type { Snippets } from './use-snippets.ts';
import classes from './snippets-dialog.module.css';

const close = () => textStore.setState({ dialog: null });

/** What is written by Alt and a digit: a list for this project, and one for all. */
export function SnippetsDialog({ snippets }: { snippets: Snippets }) {
  const t = useText();
  const [whose, setWhose] = useState<'project' | 'own'>('project');
  const [lists, setLists] = useState({ project: orOne(snippets.project), own: orOne(snippets.own) });
  const list = lists[whose];
  const before = whose === 'own' ? lists.project.filter((each) => each !== '').length : 0;
  const change = (next: readonly string[]) => setLists({ ...lists, [whose]: next });
  const save = () => {
    const kept = (all: readonly string[]) => all.filter((each) => each !== '');
    snippets.setProject(kept(lists.project));
    snippets.setOwn(kept(lists.own));
    close();
  };
  return (
    <Modal opened onClose={close} title={t('work.text.snippets.title')} size={520} withCloseButton={false}>
      <form
        className={classes.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save();
        }}
      >
        <SegmentedControl
          aria-label={t('work.text.snippets.whose')}
          value={whose}
          onChange={(value) => setWhose(value === 'own' ? 'own' : 'project')}
          data={[
            { value: 'project', label: t('work.text.snippets.project') },
            { value: 'own', label: t('work.text.snippets.own') },
          ]}
        />
        <ul className={classes.list}>
          {list.map((text, at) => (
            <li key={at} className={classes.row}>
              <span className={classes.key}>
                {before + at < snippetKeys && <KeyHint keys={`Alt+${before + at + 1}`} />}
              </span>
              <Textarea
                className={classes.field}
                {...(at === 0 && { 'data-autofocus': true })}
                aria-label={t('work.text.snippets.one', { place: before + at + 1 })}
                minRows={1}
                maxRows={6}
                value={text}
                maxLength={20_000}
                onChange={(event) => change(list.with(at, event.currentTarget.value))}
                onKeyDown={(event) => saveOnCtrlEnter(event, async () => save())}
              />
              <ActionIcon
                aria-label={t('work.text.snippets.remove', { place: before + at + 1 })}
                onClick={() => change(list.toSpliced(at, 1))}
              >
                <IconX size={14} stroke={1.6} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <Button className={classes.add} size="xs" variant="subtle" onClick={() => change([...list, ''])}>
          {t('work.text.snippets.add')}
        </Button>
        <FormActions>
          <Button variant="default" onClick={close}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit">{t('work.text.snippets.save')}</Button>
        </FormActions>
      </form>
    </Modal>
  );
}

function orOne(list: readonly string[]): readonly string[] {
  return list.length > 0 ? list : [''];
}
