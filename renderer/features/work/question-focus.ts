/** The first of a question's answers that takes the focus, the one given before any other. */
function answerIn(question: Element | null | undefined): HTMLElement | null {
  return (
    question?.querySelector<HTMLElement>('input:checked, button[tabindex="0"], input, button:not([data-begin])') ?? null
  );
}

/** Moves the focus to the first question of a panel without an answer, or to the one after that which has it; false where there is none. */
export function focusQuestion(panel: HTMLElement | null, which: 'open' | 'next'): boolean {
  const questions = [...(panel?.querySelectorAll<HTMLElement>('[data-question]') ?? [])];
  const here = questions.findIndex((question) => question.contains(document.activeElement));
  const open = questions.find((question) => question.dataset['question'] === 'open');
  const answer = answerIn(which === 'open' ? (open ?? questions[0]) : questions[here + 1]);
  answer?.focus();
  return answer !== null;
}

/** Rules about one answer of an object: what mends them is the answer itself. */
const answerRules: ReadonlySet<string> = new Set(['requiredAttributes', 'attributeValue']);

/**
 * Moves the focus to the question that a breach of the selected object is about; false where it is about none, or where it is not asked
 * on screen.
 */
export function focusQuestionOf({ rule, name }: { rule: string; name: string | null }): boolean {
  if (!answerRules.has(rule) || name === null) return false;
  const answer = answerIn(document.querySelector(`[data-question][data-attribute="${CSS.escape(name)}"]`));
  answer?.focus();
  return answer !== null;
}
