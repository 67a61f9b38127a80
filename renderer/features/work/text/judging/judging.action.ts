import type { LocaleKey } from '#renderer/i18n/i18n.ts';
import type { Action } from '#renderer/lib/action.ts';

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** What a key says while one judges; `answer-N`: the Nth option, place, mark, label, or category used last. */
export type JudgingKey = `answer-${(typeof digits)[number]}` | keyof typeof others;

const others = {
  less: ['Left', 'work.text.actions.less'],
  more: ['Right', 'work.text.actions.more'],
  above: ['Up', 'work.text.actions.above'],
  below: ['Down', 'work.text.actions.below'],
  raise: ['Shift+Up', 'work.text.actions.raise'],
  lower: ['Shift+Down', 'work.text.actions.lower'],
  take: ['Enter', 'work.text.actions.take'],
  'take-back': [['Delete', 'Backspace'], 'work.text.actions.takeBack'],
  'passage-next': [']', 'work.text.actions.passageNext'],
  'passage-previous': ['[', 'work.text.actions.passagePrevious'],
  scroll: ['Space', 'work.text.actions.scroll'],
  'scroll-back': ['Shift+Space', 'work.text.actions.scrollBack'],
} as const satisfies Record<string, readonly [keys: string | readonly string[], label: LocaleKey]>;

interface JudgingAction extends Action {
  readonly says: JudgingKey;
}

const inRoom = { scope: 'work', part: 'text', hidden: true } as const;

/** The keys one judges by. They stand in the one list, so that they are shown and can be changed; what they do depends on where the focus is. */
export const judgingActions: readonly JudgingAction[] = [
  ...digits.map((digit) => ({
    id: `text.answer-${digit}`,
    says: `answer-${digit}` as const,
    labelKey: 'work.text.actions.answer' as const,
    labelValues: { digit },
    shortcut: digit,
    ...inRoom,
  })),
  ...(Object.keys(others) as (keyof typeof others)[]).map((says) => {
    const [shortcut, labelKey] = others[says];
    return { id: `text.${says}`, says, labelKey, shortcut, ...inRoom };
  }),
];
