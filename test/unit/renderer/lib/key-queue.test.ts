import { describe, expect, it } from 'vitest';
import { createKeyQueue } from '#renderer/lib/key-queue.ts';
import { settle } from '#test/support/fake-transport.ts';

const patience = 20;
const longest = 100;

/** A queue with what it gave on, and a step that looks several times as a window does. */
function setUp(onKey: (key: string) => void = () => undefined, written = (_key: string) => false) {
  const given: string[] = [];
  let ends = 0;
  const queue = createKeyQueue<string>({
    giveOn: (key) => {
      given.push(key);
      onKey(key);
      return written(key);
    },
    onEnd: () => (ends += 1),
    patience,
    longest,
  });
  const look = (times: number) => {
    for (let time = 0; time < times; time++) queue.look();
  };
  return { queue, given, look, ends: () => ends };
}

/** Work that is done when told. */
function work() {
  let finish: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const promise = new Promise<void>((done, refuse) => {
    finish = done;
    fail = () => refuse(new Error('refused'));
  });
  return { promise, finish, fail };
}

describe('keys kept for a question', () => {
  it('go on in their order once the question is there, one at a look, and no key is kept any more', () => {
    const { queue, given, look, ends } = setUp();
    let there = false;
    queue.ask(() => there);
    queue.add('a');
    queue.add('b');
    look(10);
    expect(given).toEqual([]);
    there = true;
    look(2);
    expect(given).toEqual(['a']);
    look(1);
    expect(given).toEqual(['a', 'b']);
    expect(queue.keeping).toBe(true);
    look(1);
    expect(queue.keeping).toBe(false);
    expect(ends()).toBe(1);
  });

  it('follow at once what was only written, up to a key that may be a command', () => {
    const { queue, given, look } = setUp(undefined, (key) => key !== 'Enter');
    queue.ask(() => true);
    for (const key of ['n', 'e', 'w', 'Enter', 'x']) queue.add(key);
    look(1);
    expect(given).toEqual([]);
    look(1);
    expect(given).toEqual(['n', 'e', 'w', 'Enter']);
    look(1);
    expect(given).toEqual(['n', 'e', 'w', 'Enter', 'x']);
    expect(queue.keeping).toBe(false);
  });

  it('wait for the question that one of them asks, written or not', () => {
    let there = false;
    const { queue, given, look } = setUp(
      (key) => key === 's' && queue.ask(() => there),
      () => true,
    );
    queue.ask(() => true);
    for (const key of ['s', '1']) queue.add(key);
    look(10);
    expect(given).toEqual(['s']);
    there = true;
    look(2);
    expect(given).toEqual(['s', '1']);
  });

  it('are hurried to what is there already, and not to what is not', () => {
    let there = false;
    const { queue, given } = setUp();
    queue.ask(() => there);
    queue.add('a');
    queue.add('b');
    queue.hurry();
    expect(given).toEqual([]);
    there = true;
    queue.hurry();
    expect(given).toEqual(['a', 'b']);
    expect(queue.keeping).toBe(false);
  });

  it('wait until it stays there: a dialog may place the focus twice', () => {
    const { queue, given, look } = setUp();
    let there = true;
    queue.ask(() => there);
    queue.add('a');
    look(1);
    there = false;
    look(3);
    expect(given).toEqual([]);
    there = true;
    look(1);
    expect(given).toEqual([]);
    look(1);
    expect(given).toEqual(['a']);
  });

  it('go where the focus is when it does not come', () => {
    const { queue, given, look } = setUp();
    queue.ask(() => false);
    queue.add('a');
    look(patience - 1);
    expect(given).toEqual([]);
    look(2);
    expect(given).toEqual(['a']);
  });

  it('wait for as long as something is loaded that may bring it, then with patience anew', async () => {
    const { queue, given, look } = setUp();
    const loading = work();
    let there = false;
    queue.ask(() => there);
    queue.during(loading.promise);
    queue.add('a');
    look(3 * patience);
    loading.finish();
    await settle();
    look(patience - 1);
    expect(given).toEqual([]);
    there = true;
    look(2);
    expect(given).toEqual(['a']);
  });

  it('wait for the question that a key among them asks', () => {
    let asked = false;
    let there = false;
    const { queue, given, look } = setUp((key) => {
      if (key !== 's') return;
      asked = true;
      queue.ask(() => there);
    });
    queue.ask(() => true);
    queue.add('s');
    queue.add('1');
    look(10);
    expect(asked).toBe(true);
    expect(given).toEqual(['s']);
    there = true;
    look(2);
    expect(given).toEqual(['s', '1']);
  });
});

describe('keys kept during work', () => {
  it('go on only when it is done and drawn, whether it went well or not', async () => {
    for (const how of ['finish', 'fail'] as const) {
      const { queue, given, look } = setUp();
      const answer = work();
      queue.during(answer.promise);
      queue.add('0');
      look(50);
      expect(given).toEqual([]);
      answer[how]();
      await settle();
      look(1);
      expect(given).toEqual([]);
      look(1);
      expect(given).toEqual(['0']);
    }
  });

  it('wait for all of it', async () => {
    const { queue, given, look } = setUp();
    const [answer, list] = [work(), work()];
    queue.during(answer.promise);
    queue.during(list.promise);
    queue.add('0');
    answer.finish();
    await settle();
    look(10);
    expect(given).toEqual([]);
    list.finish();
    await settle();
    look(2);
    expect(given).toEqual(['0']);
  });

  it('are not hurried past it', async () => {
    const { queue, given } = setUp();
    const answer = work();
    queue.during(answer.promise);
    queue.add('0');
    queue.hurry();
    expect(given).toEqual([]);
    answer.finish();
    await settle();
    queue.hurry();
    expect(given).toEqual(['0']);
  });

  it('are dropped when it hangs, since nobody knows what they mean then', () => {
    const { queue, given, look } = setUp();
    queue.during(new Promise(() => undefined));
    queue.add('0');
    look(longest);
    expect(queue.keeping).toBe(true);
    look(1);
    expect(queue.keeping).toBe(false);
    look(10);
    expect(given).toEqual([]);
  });

  it('are handed back when all is given up', () => {
    const { queue, given, look } = setUp();
    queue.during(new Promise(() => undefined));
    queue.add('a');
    queue.add('b');
    expect(queue.end()).toEqual(['a', 'b']);
    look(10);
    expect(given).toEqual([]);
  });
});
