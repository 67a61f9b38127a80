import type { AnnotationDoc, Change, ShapeId } from '#shared/domain/annotation.ts';
import type { AnswerField, TextAnswer } from '#shared/domain/text.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { answerChange, changeOf } from '#shared/rules/undo-journal.rules.ts';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { TextField } from '#renderer/text/text-field.ts';
import type { DraftJournal } from '../draft-journal.ts';
import type { ShapeDesk } from '../shape-desk.ts';
import type { TaskTexts } from './text-keeper.ts';

interface DeskEvents {
  selection: readonly ShapeId[];
  /** A text under way is another now. */
  text: { field: string };
}

/** A stretch of one of the texts, UTF-16 units. */
export interface Stretch {
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What every part of the room of texts works on: the answer and the passages as the journal has them, and the texts under way, whose truth is
 * their logs. `settle` brings those into the journal; until then the journal may say of a text what it said when it was last settled.
 */
export interface TextDesk extends ShapeDesk {
  readonly texts: TaskTexts;
  /** Says fields of the answer as one step (null takes one back); false where nothing is different. */
  say(wanted: { readonly [F in AnswerField]?: TextAnswer[F] | null }): boolean;
  /** Puts a change into the journal. */
  do(change: Change): void;
  /** The answer with the texts as they stand now. */
  live(): AnnotationDoc;
  /** Takes back the last step that was not the bringing in of a text. */
  undo(): void;
  redo(): void;
  /** Everything settled and durable. */
  save(): Promise<void>;
  on<Name extends keyof DeskEvents>(name: Name, listener: (payload: DeskEvents[Name]) => void): () => void;
  /** Told when the journal has another document. */
  onJournal(listener: () => void): () => void;
  dispose(): void;
}

const nothing: TextAnswer = {};

/** After this long without a key one has stopped typing. */
const restMs = 1500;

/** Makes the desk of a task. */
export function createTextDesk(journal: DraftJournal, texts: TaskTexts): TextDesk {
  const scope = createScope();
  const events = createEmitter<DeskEvents>();
  let selection: readonly ShapeId[] = [];
  /** Where passages of texts under way stand now; they move with every key. */
  let moved = new Map<ShapeId, Stretch>();

  const doc = (): AnnotationDoc => journal.view().journal.doc;
  const select = (ids: readonly ShapeId[]) => {
    if (ids.length === selection.length && ids.every((id, at) => id === selection[at])) return;
    selection = ids;
    events.emit('selection', selection);
  };

  let stopRest: (() => void) | null = null;
  /** Where passages stand is in the journal soon after one stops typing, so that a kill leaves them at their words. */
  const rest = () => {
    stopRest?.();
    stopRest = scope.timeout(() => settle(), restMs);
  };
  const watch = (field: TextField) => {
    scope.add(
      field.on('change', ({ changes }) => {
        for (const { id, geometry } of passagesOf(doc())) {
          if (geometry.field !== field.name) continue;
          const { start, end } = moved.get(id) ?? geometry;
          const next = changes.mapPos(start, 1);
          moved.set(id, { field: field.name, start: next, end: Math.max(next, changes.mapPos(end, -1)) });
        }
        if (moved.size > 0) rest();
        events.emit('text', { field: field.name });
      }),
    );
    scope.add(field.on('reload', () => events.emit('text', { field: field.name })));
  };
  for (const field of texts.fields()) watch(field);
  scope.add(texts.onField(watch));

  /** Passages where they stand now, and none of nothing. */
  const shapesNow = (present: AnnotationDoc) =>
    present.shapes.map((shape) => {
      const at = moved.get(shape.id);
      if (at === undefined || shape.geometry.type !== 'passage') return shape;
      if (at.start === shape.geometry.start && at.end === shape.geometry.end) return shape;
      return { ...shape, geometry: { ...shape.geometry, start: at.start, end: at.end } };
    });
  const live = (): AnnotationDoc => {
    const present = doc();
    const answer = answerNow(present.answer ?? nothing, texts);
    return { ...present, shapes: shapesNow(present), ...(Object.keys(answer).length > 0 && { answer }) };
  };
  const settle = () => {
    const change = settling(doc(), live());
    if (change) journal.do(change);
  };

  const step = (how: 'undo' | 'redo') => {
    const present = new Map(passagesOf(live()).map(({ id, geometry }) => [id, geometry]));
    for (;;) {
      const change = journal[how]();
      if (!change) return;
      for (const { after } of change.edits) {
        const at = after && present.get(after.id);
        // The text stays as it is, and so do the passages that moved with it; what comes back stands where the journal says.
        if (at && change.label === 'write') moved.set(after.id, { field: at.field, start: at.start, end: at.end });
        else if (after) moved.delete(after.id);
      }
      if (change.label !== 'write') {
        const ids = change.edits.flatMap(({ after }) => (after ? [after.id] : []));
        if (ids.length > 0) select(ids.slice(0, 100));
        return;
      }
    }
  };

  let pruned = doc();
  scope.add(
    journal.subscribe(() => {
      if (doc() === pruned) return;
      pruned = doc();
      const there = new Set(doc().shapes.map(({ id }) => id));
      moved = new Map([...moved].filter(([id]) => there.has(id)));
      if (!selection.every((id) => there.has(id))) select(selection.filter((id) => there.has(id)));
    }),
  );

  return {
    texts,
    get doc() {
      return doc();
    },
    get selection() {
      return selection;
    },
    select,
    settle,
    live,
    // The journal's next view is what everybody draws.
    apply: () => undefined,
    standing: { locked: new Set<ShapeId>() },
    say(wanted) {
      const change = answerChange(doc(), wanted);
      if (change) journal.do(change);
      return change !== null;
    },
    do: (change) => journal.do(change),
    undo: () => step('undo'),
    redo: () => step('redo'),
    async save() {
      settle();
      await texts.flush();
    },
    on: (name, listener) => events.on(name, listener),
    onJournal(listener) {
      let last = doc();
      return journal.subscribe(() => {
        if (doc() === last) return;
        last = doc();
        listener();
      });
    },
    dispose() {
      scope.dispose();
      events.clear();
    },
  };
}

/** The answer with each text that was written in its field. */
function answerNow(answer: TextAnswer, texts: TaskTexts): TextAnswer {
  const { item } = texts.facts;
  const written = new Map(texts.fields().map((field) => [field.name, field]));
  const next = { ...answer };
  const text = written.get('answer');
  if (text && (item.kind === 'write' || item.kind === 'correct')) {
    if (text.doc.length > 0 || answer.text !== undefined) next.text = text.text();
  }
  const reason = written.get('reason');
  if (reason && (reason.doc.length > 0 || answer.reason !== undefined)) next.reason = reason.text();
  if (answer.turns) {
    next.turns = answer.turns.map((turn, at) => {
      const field = written.get(`turn.${at}`);
      return field && field.text() !== turn.content ? { ...turn, content: field.text() } : turn;
    });
  }
  return next;
}

/** The step that brings texts and the places of passages into the journal; null where it has them. */
function settling(present: AnnotationDoc, wanted: AnnotationDoc): Change | null {
  const { text, reason, turns } = wanted.answer ?? nothing;
  const said = answerChange(present, {
    ...(text !== undefined && { text }),
    ...(reason !== undefined && { reason }),
    ...(turns !== undefined && { turns }),
  });
  const shapes = wanted.shapes.filter((shape, at) => shape !== present.shapes[at]);
  const shifted = changeOf(
    present,
    'write',
    // What it was tied to is gone.
    shapes.map((shape) => ({ id: shape.id, after: isEmptyPassage(shape) ? null : shape })),
  );
  if (!said && !shifted) return null;
  return { label: 'write', edits: shifted?.edits ?? [], ...(said?.answer && { answer: said.answer }) };
}

function isEmptyPassage({ geometry }: AnnotationDoc['shapes'][number]): boolean {
  return geometry.type === 'passage' && geometry.start === geometry.end;
}
