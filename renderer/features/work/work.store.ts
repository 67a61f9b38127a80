import { create } from 'zustand';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { TaskState } from '#shared/domain/work.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { Looking } from './looking.ts';

/** What floats over the room. */
type WorkDialog = 'folder' | 'export' | 'import' | 'resubmit' | 'undecided' | 'breaches' | 'kind' | 'note' | null;

/** State of the room's screen alone; nothing here comes from the ledger. */
interface WorkState {
  queueOpen: boolean;
  guidelineOpen: boolean;
  /** Whether what is drawn is held against another version. */
  comparing: boolean;
  /** The queue was open before it made room for a comparison. */
  queueMadeRoom: boolean;
  filterText: string;
  /** Null: all states. */
  filterState: TaskState | null;
  dialog: WorkDialog;
  /** The canvas on screen, for the actions. */
  canvas: ImageCanvas | null;
  /** Shows the photos, for the key that shows them as they are. */
  looking: Looking | null;
  /** The project's look is switched off until that key is pressed again. */
  lookOff: boolean;
  /** The last thing sealed, told quietly in its project until the next. */
  sealed: { projectId: ProjectId; name: string; entryId: string } | null;
}

export const workStore = create<WorkState>(() => ({
  queueOpen: true,
  guidelineOpen: false,
  comparing: false,
  queueMadeRoom: false,
  filterText: '',
  filterState: null,
  dialog: null,
  canvas: null,
  looking: null,
  lookOff: false,
  sealed: null,
}));

/** On windows narrower than this many CSS pixels the photo would become too small between queue, objects and comparison. */
const roomForAll = 1600;

/** Opens or closes the comparison. Where the window is narrow the queue makes room for it meanwhile. */
export function setComparing(comparing: boolean): void {
  workStore.setState(({ queueOpen, queueMadeRoom }) => {
    if (!comparing) return { comparing, queueOpen: queueOpen || queueMadeRoom, queueMadeRoom: false };
    return window.innerWidth < roomForAll ? { comparing, queueOpen: false, queueMadeRoom: queueOpen } : { comparing };
  });
}
