import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { LedTurn } from '#shared/domain/text.ts';
import { criteriaOf } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { FieldEditor } from './field-editor.tsx';
import { goTo } from './go-to.ts';
import { RatingInput } from './rating-input.tsx';
import type { TextStageProps } from './text-room.tsx';
import classes from './turn-list.module.css';

const mostTurns = 200;

/**
 * A conversation the worker leads: their own messages typed, a model's replies typed off or pasted from where it was asked, each rated. Alt+Enter
 * goes on with the next turn.
 */
export function TurnList({ desk, rules, check }: TextStageProps) {
  const t = useText();
  const turns = check.doc.answer?.turns ?? [];
  const [asked, setAsked] = useState<string | null>(null);
  const say = (next: readonly LedTurn[]) => {
    desk.settle();
    desk.say({ turns: next.length > 0 ? [...next] : null });
  };
  const present = () => {
    desk.settle();
    return desk.doc.answer?.turns ?? [];
  };
  const add = () => {
    const all = present();
    if (all.length >= mostTurns) return;
    const role = all.at(-1)?.role === 'user' ? 'assistant' : 'user';
    const model = all.findLast(({ role: whose }) => whose === 'assistant')?.model ?? null;
    const content = desk.texts.field(`turn.${all.length}`).text();
    say([...all, { role, content, model: role === 'assistant' ? model : null, ratings: {} }]);
    setAsked(`turn.${all.length}`);
  };
  const drop = () => {
    const all = present();
    const field = desk.texts.field(`turn.${all.length - 1}`);
    say(all.slice(0, -1));
    // What comes in its place begins empty; its log tells that it was there.
    field.replaceAll('');
  };
  const change = (place: number, part: Partial<LedTurn>) =>
    say(present().map((turn, at) => (at === place ? { ...turn, ...part } : turn)));
  useActions({
    'text.turn': { run: add, when: () => !dialogIsOpen() },
    'text.turn-drop': { run: drop, when: () => !dialogIsOpen() && turns.length > 0 },
  });
  useEffect(() => {
    if (asked === null || turns.length <= Number(asked.slice(5))) return;
    goTo({ field: asked, start: 0, end: 0 });
    setAsked(null);
  }, [asked, turns.length]);
  const next = turns.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return (
    <div className={classes.list}>
      <ol className={classes.turns}>
        {turns.map((turn, at) => (
          <li key={at} className={classes.turn} data-role={turn.role}>
            <h3 className={classes.role}>
              {t(turn.role === 'assistant' ? 'work.text.turns.reply' : 'work.text.turns.own', { place: at + 1 })}
            </h3>
            <div className={classes.field}>
              <FieldEditor
                field={desk.texts.field(`turn.${at}`)}
                label={t(turn.role === 'assistant' ? 'work.text.turns.reply' : 'work.text.turns.own', {
                  place: at + 1,
                })}
                hint={t(turn.role === 'assistant' ? 'work.text.turns.replyHint' : 'work.text.turns.ownHint')}
                grows
              />
            </div>
            {turn.role === 'assistant' && (
              <div className={classes.asked}>
                <ModelName model={turn.model} onName={(model) => change(at, { model })} place={at + 1} />
                {criteriaOf(rules.text ?? {}).map((criterion) => (
                  <RatingInput
                    key={criterion.name}
                    criterion={criterion}
                    value={turn.ratings[criterion.name]}
                    onRate={(value) => change(at, { ratings: { ...turn.ratings, [criterion.name]: value } })}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ol>
      {turns.length === 0 && <p className={classes.none}>{t('work.text.turns.none')}</p>}
      <div className={classes.steps}>
        <Button size="xs" variant="default" onClick={add} rightSection={<KeyHint of="text.turn" keys="Alt+Enter" />}>
          {t(next === 'user' ? 'work.text.turns.addOwn' : 'work.text.turns.addReply')}
        </Button>
        {turns.length > 0 && (
          <Button size="xs" variant="subtle" color="gray" onClick={drop}>
            {t('work.text.turns.drop')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Which model replied; said once one goes on. */
function ModelName({
  model,
  onName,
  place,
}: {
  model: string | null;
  onName: (model: string | null) => void;
  place: number;
}) {
  const t = useText();
  const [name, setName] = useState(model ?? '');
  useEffect(() => setName(model ?? ''), [model]);
  return (
    <TextInput
      size="xs"
      className={classes.model}
      aria-label={t('work.text.turns.modelOf', { place })}
      placeholder={t('work.text.turns.model')}
      value={name}
      maxLength={200}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => name !== (model ?? '') && onName(name === '' ? null : name)}
    />
  );
}
