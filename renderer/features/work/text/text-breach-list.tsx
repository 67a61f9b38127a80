import type { TextBreach } from '#shared/rules/text-breaches.rules.ts';
import { BreachList } from '../breach-list.tsx';
import { useBreachWords } from './breach-words.ts';
import { goTo } from './go-to.ts';
import type { TextStageProps } from './text-room.tsx';

/** What breaks a rule, each line leading to its place; nothing at all while nothing does. */
export function TextBreachList({ item, project, rules, check, desk }: TextStageProps) {
  const words = useBreachWords(item, project.labels, rules.text ?? {});
  const jump = ({ shapes, at }: TextBreach) => {
    if (shapes.length > 0) desk.select([shapes[0]!]);
    goTo(at);
  };
  return <BreachList breaches={check.breaches} renderWords={words} onJump={jump} />;
}
