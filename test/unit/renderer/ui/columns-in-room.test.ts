import { describe, expect, it } from 'vitest';
import { columnsInRoom } from '#renderer/ui/columns-in-room.ts';

const columns = [
  { id: 'when', width: 100 },
  { id: 'what', width: 'minmax(200px, 2fr)' },
  { id: 'project', width: 'minmax(80px, 1fr)', leaves: 2 },
  { id: 'mark', width: '1fr' },
  { id: 'lag', width: 90, leaves: 1 },
];
const shown = (room: number) => columnsInRoom(columns, room).map(({ id }) => id);

describe('columns of a table that has too little room', () => {
  it('stay while all have what they need at least', () => {
    expect(columnsInRoom(columns, 502)).toBe(columns);
    expect(columnsInRoom(columns, 0)).toBe(columns);
  });

  it('leave in their order, no more of them than it takes', () => {
    expect(shown(501)).toEqual(['when', 'what', 'project', 'mark']);
    expect(shown(412)).toEqual(['when', 'what', 'project', 'mark']);
    expect(shown(411)).toEqual(['when', 'what', 'mark']);
  });

  it('stay where they may not leave, however little room there is', () => {
    expect(shown(10)).toEqual(['when', 'what', 'mark']);
  });
});
