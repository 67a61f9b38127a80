// Loaded before the host (`node --import`): in the host and its worker the time is what a file says, and moves only when the file does.
// A spec writes the moment it wants; the clocks go there in steps of a second or more, and whatever waits for time (the tracker's
// tick) is called on the way, so that hours are measured as if they had been sat through. With `asleep` after the moment nothing is
// called on the way, as when the lid is shut.
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const file = process.env.COUNTERLEDGER_TEST_CLOCK;
const stepMs = 5000;
const lookMs = 2;

const wanted = () => {
  const text = readFileSync(file, 'utf8');
  const [moment, asleep] = text.split(' ');
  // A write under way is read as empty.
  return { target: text === '' ? now : Number(moment), asleep: asleep !== undefined };
};

let now = Number(readFileSync(file, 'utf8').split(' ')[0]);
const began = now;
const RealDate = Date;
const realInterval = setInterval;
const realClear = clearInterval;
const waiting = new Map();

class DrivenDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now);
    else super(...args);
  }
  static now() {
    return now;
  }
}
globalThis.Date = DrivenDate;
performance.now = () => now - began + 1000;
const bootedMs = 3_600_000;
os.uptime = () => (now - began + bootedMs) / 1000;
syncBuiltinESMExports();

let last = 0;
globalThis.setInterval = (run, ms, ...args) => {
  if (!(ms >= 1000)) return realInterval(run, ms, ...args);
  const id = (last += 1);
  waiting.set(id, { run: () => run(...args), ms, next: now + ms });
  const timer = { drivenId: id, unref: () => timer, ref: () => timer };
  return timer;
};
globalThis.clearInterval = (timer) => {
  if (timer?.drivenId === undefined) realClear(timer);
  else waiting.delete(timer.drivenId);
};

realInterval(() => {
  const { target, asleep } = wanted();
  while (now < target) {
    now = asleep ? target : Math.min(target, now + stepMs);
    for (const each of waiting.values()) {
      if (now < each.next) continue;
      each.next = now + each.ms;
      each.run();
    }
  }
}, lookMs).unref();
