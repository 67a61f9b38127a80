import { useEffect, useMemo, useState } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import type { TextItem } from '#shared/domain/text.ts';
import { textBreaches, type TextBreach } from '#shared/rules/text-breaches.rules.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { TextDesk } from './text-desk.ts';

interface Options {
  desk: TextDesk;
  item: TextItem;
  labels: LabelSet;
  rules: CheckableRules;
}

/** How the answer stands against its rules, as of a moment ago. */
export interface TextCheck {
  breaches: readonly TextBreach[];
  /** The answer they are of. */
  doc: TextDesk['doc'];
}

/** After a key it is looked at again this soon, so that the key is drawn first. */
const soonMs = 40;
/** A text of more units than this is looked at when its writer rests. */
const longText = 8000;
const restMs = 350;

/** What breaks a rule as it stands, following the work a moment later. */
export function useTextBreaches({ desk, item, labels, rules }: Options): TextCheck {
  const [doc, setDoc] = useState(() => desk.live());
  useEffect(() => {
    const scope = createScope();
    let stop: (() => void) | null = null;
    const look = () => {
      stop = null;
      setDoc(desk.live());
    };
    const later = () => {
      const units = desk.texts.fields().reduce((all, field) => all + field.doc.length, 0);
      if (units > longText) {
        stop?.();
        stop = scope.timeout(look, restMs);
      } else stop ??= scope.timeout(look, soonMs);
    };
    scope.add(desk.on('text', later));
    scope.add(desk.onJournal(look));
    look();
    return () => scope.dispose();
  }, [desk]);
  const breaches = useMemo(() => textBreaches({ item, doc, labels, rules }), [doc, item, labels, rules]);
  return useMemo(() => ({ breaches, doc }), [breaches, doc]);
}
