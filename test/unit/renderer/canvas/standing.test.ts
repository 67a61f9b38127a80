import { describe, expect, it } from 'vitest';
import { createScene } from '#renderer/canvas/scene.ts';
import { allShown, hideToggled, isHidden, lockToggled, plainStanding, soloToggled } from '#renderer/canvas/standing.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';

const [a, b, c] = [box(0, 0, 20, 20, 'car'), box(5, 5, 20, 20, 'tree'), box(10, 10, 20, 20, 'car')];
const all = [a.id, b.id, c.id];
const everywhere = { left: -100, top: -100, right: 100, bottom: 100 };

function scene() {
  const made = createScene();
  made.setDoc(docOf(a, b, c));
  return {
    made,
    drawn: () => made.inArea(everywhere).map(({ shape }) => shape.id),
    hit: () => made.at({ x: 12, y: 12 }, 0),
    banded: () => made.inside(everywhere),
  };
}

describe('how shapes stand', () => {
  it('hidden: neither drawn nor hit; locked: drawn, and hit by nothing', () => {
    const { made, drawn, hit, banded } = scene();
    made.setStanding(hideToggled(plainStanding, [c.id]));
    expect([drawn(), hit(), banded()]).toEqual([
      [a.id, b.id],
      [b.id, a.id],
      [a.id, b.id],
    ]);
    made.setStanding(lockToggled(made.standing, [b.id]));
    expect([drawn(), hit(), banded()]).toEqual([[a.id, b.id], [a.id], [a.id]]);
    made.setStanding(plainStanding);
    expect(hit()).toEqual([c.id, b.id, a.id]);
  });

  it('left out by a filter: drawn faintly and hit by nothing', () => {
    const { made, drawn, hit } = scene();
    made.setMeant(({ label }) => label === 'car');
    expect([drawn(), hit()]).toEqual([all, [c.id, a.id]]);
    expect([made.isFaint(a), made.isFaint(b)]).toEqual([false, true]);
    made.setMeant(null);
    expect(made.isFaint(b)).toBe(false);
  });

  it('is switched for several at once, and back once all of them are so', () => {
    const some = lockToggled(plainStanding, [a.id]);
    const more = lockToggled(some, [a.id, b.id]);
    expect([...more.locked]).toEqual([a.id, b.id]);
    expect(lockToggled(more, [a.id, b.id])).toEqual(plainStanding);
    expect(hideToggled(hideToggled(plainStanding, [a.id]), [a.id])).toEqual(plainStanding);
  });

  it('alone, until asked a second time; what is drawn meanwhile is seen', () => {
    const alone = soloToggled(plainStanding, [b.id], all);
    expect(all.map((id) => isHidden(alone, id))).toEqual([true, false, true]);
    expect(isHidden(alone, box(0, 0, 1, 1).id)).toBe(false);
    expect(soloToggled(alone, [b.id], all)).toEqual(plainStanding);
    expect(soloToggled(alone, [], all)).toEqual(plainStanding);
    const hidden = hideToggled(lockToggled(alone, [a.id]), [b.id]);
    expect(allShown(hidden)).toEqual({ ...plainStanding, locked: new Set([a.id]) });
  });
});
