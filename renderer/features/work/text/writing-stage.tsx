import { useCallback, useMemo } from 'react';
import { limitPlace } from '#renderer/text/line-lengths.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import type { TextMark } from '#renderer/text/editor/marks.ts';
import { usualUnit } from '#shared/text/text-lengths.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { FieldEditor } from './field-editor.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { ProofPanel } from './proof-panel.tsx';
import { RefusedNotice } from './refused-notice.tsx';
import { SnippetsDialog } from './snippets-dialog.tsx';
import { SourceDialog } from './source-dialog.tsx';
import { TextFoot } from './text-foot.tsx';
import type { TextStageProps } from './text-room.tsx';
import { textStore } from './text.store.ts';
import { TurnList } from './turn-list.tsx';
import { useSnippets } from './use-snippets.ts';
import { WritingBar } from './writing-bar.tsx';
import classes from './writing-stage.module.css';

/** Where an answer is written: one text, or the turns of a conversation. */
export function WritingStage(props: TextStageProps) {
  const { item, project, desk, rules, check, facts, asked } = props;
  const t = useText();
  const { preview, proof, dialog } = textStore();
  const refused = check.doc.answer?.refused;
  const snippets = useSnippets(project.id);
  useWritingActions(props);
  const converse = item.kind === 'converse';

  return (
    <section className={classes.stage} aria-label={t('work.text.stage')}>
      <WritingBar item={item} refused={refused !== undefined} />
      {refused && <RefusedNotice refused={refused} rules={rules.text ?? {}} />}
      {proof && <ProofPanel desk={desk} facts={facts} kept={asked.history} />}
      {!proof && preview && !converse && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
        <div className={classes.preview} role="group" aria-label={t('work.text.preview')} tabIndex={0}>
          <MarkdownText text={desk.texts.field('answer').text()} />
        </div>
      )}
      <div className={classes.body} hidden={proof || (preview && !converse)}>
        {converse ? <TurnList {...props} /> : <Answer {...props} />}
      </div>
      <TextFoot {...props} />
      {dialog === 'snippets' && <SnippetsDialog snippets={snippets} />}
      {dialog === 'source' && <SourceDialog desk={desk} />}
    </section>
  );
}

function Answer({ item, desk, rules, check }: TextStageProps) {
  const t = useText();
  const { preview, proof } = textStore();
  const field = desk.texts.field('answer');
  const marks = useMarks({ rules, check });
  return (
    <FieldEditor
      field={field}
      label={t(`work.text.kinds.${item.kind}`)}
      hint={t('work.text.placeholder')}
      marks={marks}
      focused={!proof && !preview}
    />
  );
}

/** What breaks a rule in its place, and what is tied to a source. */
function useMarks({ rules, check }: Pick<TextStageProps, 'rules' | 'check'>): readonly TextMark[] {
  const t = useText();
  return useMemo(() => {
    const { breaches, doc } = check;
    const text = doc.answer?.text ?? '';
    const titles = new Map(doc.answer?.sources?.map(({ id, title, address }) => [id, title || address]));
    const passages = passagesOf(doc)
      .filter(({ geometry }) => geometry.field === 'answer')
      .map(({ geometry, attributes }): TextMark => {
        const title = titles.get(String(attributes['source']));
        return { start: geometry.start, end: geometry.end, tone: 'passage', ...(title && { title }) };
      });
    const broken = breaches.flatMap(({ rule, at, limit, name }): TextMark[] => {
      if (rule === 'forbiddenPart' && at)
        return [
          {
            ...at,
            tone: 'forbidden',
            title: t('work.text.breaches.rules.forbiddenPart', { name, found: '', limit: '' }),
          },
        ];
      if (rule !== 'tooLong' || limit === null) return [];
      const start = limitPlace(text, rules.text?.lengthUnit ?? usualUnit(text), limit);
      return start === null ? [] : [{ start, end: text.length, tone: 'beyond' }];
    });
    return [...passages, ...broken];
  }, [check, rules, t]);
}

/** What keys do while something is written. */
function useWritingActions({ item, desk }: TextStageProps): void {
  const { preview, proof, original } = textStore();
  const { kind } = item;
  const when = () => !dialogIsOpen();
  const single = kind === 'write' || kind === 'correct';
  const back = useCallback(() => {
    const field = desk.texts.field('answer');
    const draft = item.candidates[0]?.content;
    if (typeof draft === 'string') field.replaceAll(draft);
  }, [desk, item]);
  useActions({
    'text.write': {
      run: () => {
        textStore.setState({ preview: false, proof: false });
        // There already, unless something else was shown in its place: what is typed next must not be for the room.
        const { editor } = textStore.getState();
        if (editor) editor.focus();
        else requestAnimationFrame(() => textStore.getState().editor?.focus());
      },
      when,
    },
    'text.preview': {
      run: () => textStore.setState({ preview: !preview, proof: false }),
      when: () => when() && single,
    },
    'text.proof': { run: () => textStore.setState({ proof: !proof }), when },
    'text.find': {
      run: () => textStore.getState().editor?.find(),
      when: () => when() && !preview && !proof && textStore.getState().editor !== null,
    },
    'text.original': {
      run: () => textStore.setState({ original: !original }),
      when: () => when() && kind === 'correct',
    },
    'text.original-back': { run: back, when: () => when() && kind === 'correct' },
    'text.snippets': { run: () => textStore.setState({ dialog: 'snippets' }), when },
    'text.source': {
      run: () => textStore.setState({ dialog: 'source' }),
      when: () => when() && single,
    },
  });
}
