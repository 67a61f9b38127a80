/** Keys typed ahead of what they are meant for, in their order. It knows no clock: it is looked at every few milliseconds. */
export interface KeyQueue<Press> {
  /** Whether keys are kept back at present. */
  readonly keeping: boolean;
  /** Keeps keys until the answer of `isThere` stays true, or nothing comes. A later question takes the place of one before. */
  ask(isThere: () => boolean): void;
  /** Keeps keys until a piece of work is done, well or not. */
  during(work: Promise<unknown>): void;
  add(press: Press): void;
  /** Gives on at once what only waited for its turn; what waits for a question or for work waits on. */
  hurry(): void;
  /** Gives everything up: the keys kept are handed back, the earliest first. */
  end(): Press[];
  /** One look: gives the next key on when nothing is waited for any more. */
  look(): void;
}

interface Options<Press> {
  /** Presses a key anew. True when what is typed after it may follow in the same look: it was written, and means nothing else. */
  giveOn: (press: Press) => boolean;
  /** Called when no key is kept back any more. */
  onEnd: () => void;
  /** Looks a question may take to come while nothing is under way; then it is not coming, and keys go where the focus is. */
  patience: number;
  /** Looks that work may take; then it hangs, and keys that were meant for what it brings are dropped. */
  longest: number;
}

/**
 * Looks in a row at which nothing may be waited for before a key is given on: what was told to React is drawn by then, and a dialog
 * that places the focus twice has done so.
 */
const calmLooks = 2;

/** Makes an empty queue. */
export function createKeyQueue<Press>({ giveOn, onEnd, patience, longest }: Options<Press>): KeyQueue<Press> {
  const underWay = new Set<Promise<unknown>>();
  let presses: Press[] = [];
  let keeping = false;
  let isThere: (() => boolean) | null = null;
  let [calm, idle, busy] = [0, 0, 0];

  const begin = () => {
    keeping = true;
    [calm, idle, busy] = [0, 0, 0];
  };
  const end = () => {
    const left = presses;
    presses = [];
    underWay.clear();
    isThere = null;
    if (keeping) {
      keeping = false;
      onEnd();
    }
    return left;
  };
  /** Whether the keys have to wait on. */
  const waits = () => {
    if (underWay.size > 0) {
      // What is asked for may come by it, so that its patience begins afterwards.
      [calm, idle, busy] = [0, 0, busy + 1];
      return true;
    }
    busy = 0;
    if (isThere && !isThere()) {
      calm = 0;
      idle += 1;
      if (idle < patience) return true;
      isThere = null;
    }
    calm += 1;
    return calm < calmLooks;
  };

  const asked = () => isThere !== null || underWay.size > 0;
  /** Gives keys on until one may change what the next means: by itself, or because it asks the next question. */
  const giveRun = () => {
    isThere = null;
    let more = true;
    while (more) {
      const press = presses.shift();
      if (press === undefined) {
        end();
        return;
      }
      more = giveOn(press) && !asked();
    }
  };

  return {
    get keeping() {
      return keeping;
    },
    ask(question) {
      begin();
      isThere = question;
    },
    during(work) {
      begin();
      underWay.add(work);
      void Promise.allSettled([work]).then(() => underWay.delete(work));
    },
    add(press) {
      presses.push(press);
    },
    hurry() {
      while (keeping && underWay.size === 0 && (!isThere || isThere())) giveRun();
    },
    end,
    look() {
      if (!keeping) return;
      if (waits()) {
        if (busy > longest) end();
        return;
      }
      giveRun();
    },
  };
}
