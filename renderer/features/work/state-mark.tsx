import type { TaskState } from '#shared/domain/work.ts';

const marks = {
  open: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.3" />,
  drafted: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M6 2a4 4 0 0 1 0 8Z" fill="currentColor" />
    </>
  ),
  submitted: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="var(--cl-accent-text)" />
      <path d="m3.8 6.1 1.6 1.6 2.9-3.2" fill="none" stroke="var(--cl-panel)" strokeWidth="1.3" />
    </>
  ),
  returned: (
    <path
      d="M4 2.5 1.8 4.7 4 6.9M2 4.7h5a2.6 2.6 0 0 1 0 5.2H4.5"
      fill="none"
      stroke="var(--cl-amber-text)"
      strokeWidth="1.4"
    />
  ),
  released: <path d="M3 3l6 6M9 3l-6 6" fill="none" stroke="currentColor" strokeWidth="1.3" />,
} as const;

/** The state of a task as a small sign; its name stands beside it or is given as its label. */
export function StateMark({ state }: { state: TaskState }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden>
      {marks[state]}
    </svg>
  );
}
