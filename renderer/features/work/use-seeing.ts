import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { CrosshairSwitch, ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useActions } from '#renderer/lib/action.ts';
import { lookText, nightLook, plainLook, readLook, type Look } from '#renderer/photo/look.ts';
import type { PhotoClient } from '#renderer/photo/photo-client.ts';
import { createLooking, type Looking } from './looking.ts';
import { loupePowers } from './loupe.tsx';
import { workStore } from './work.store.ts';

/** How the photos of a project are looked at, and what helps to see; all of it remembered. */
export interface Seeing {
  /** What is set, whether or not it is switched off for the moment. */
  readonly look: Look;
  tryLook(look: Look): void;
  setLook(look: Look): void;
  readonly panelOpen: boolean;
  setPanelOpen(open: boolean): void;
  readonly loupe: boolean;
  readonly loupePower: number;
  readonly navigator: boolean;
}

/** Shows photos by looks, for as long as the room has a client. */
export function useLooking(client: PhotoClient | null): Looking | null {
  const looking = useMemo(() => client && createLooking(client), [client]);
  useEffect(() => {
    if (!looking) return undefined;
    workStore.setState({ looking });
    // A key held down while the window loses the focus is never seen to be let go.
    const letGo = () => looking.hold(false);
    window.addEventListener('blur', letGo);
    return () => {
      window.removeEventListener('blur', letGo);
      workStore.setState({ looking: null });
    };
  }, [looking]);
  return looking;
}

/** The look of a project: remembered once a slider is let go, shown while it moves. */
function useLook(projectId: ProjectId, looking: Looking | null) {
  const [text, remember] = useUiSetting(`work.look.${projectId}`, '');
  const [tried, setTried] = useState<Look | null>(null);
  const kept = useMemo(() => readLook(text), [text]);
  const look = tried ?? kept;
  const off = workStore((state) => state.lookOff);
  useEffect(() => looking?.setLook(off ? plainLook : look), [look, looking, off]);
  const setLook = useCallback(
    (next: Look) => {
      setTried(null);
      workStore.setState({ lookOff: false });
      remember(lookText(next));
    },
    [remember],
  );
  return { look, tryLook: setTried, setLook };
}

export function useSeeing(projectId: ProjectId, canvas: ImageCanvas | null, looking: Looking | null): Seeing {
  const { look, tryLook, setLook } = useLook(projectId, looking);
  const [panelOpen, setPanelOpen] = useState(false);
  const [loupe, setLoupe] = useUiSetting('work.loupe', false);
  const [loupePower, setLoupePower] = useUiSetting('work.loupe-power', 4);
  const [navigator, setNavigator] = useUiSetting('work.navigator', true);
  const [pixelGrid, setPixelGrid] = useUiSetting('work.pixel-grid', true);
  const [guides, setGuides] = useUiSetting('work.crosshair', 'drawing');
  const crosshair = readCrosshair(guides);

  useEffect(() => canvas?.setOptions({ pixelGrid, crosshair }), [canvas, crosshair, pixelGrid]);

  const magnify = (by: 1 | -1) => {
    const at = loupePowers.findIndex((power) => power >= loupePower);
    setLoupePower(loupePowers[Math.min(Math.max(at + by, 0), loupePowers.length - 1)] ?? 4);
    setLoupe(true);
  };
  useActions({
    'work.loupe': () => setLoupe(!loupe),
    'work.loupe-stronger': () => magnify(1),
    'work.loupe-weaker': () => magnify(-1),
    'work.look-night': () => setLook(lookText(look) === lookText(nightLook) ? plainLook : nightLook),
    'work.look-panel': () => setPanelOpen(!panelOpen),
    'work.navigator': () => setNavigator(!navigator),
    'work.pixel-grid': () => setPixelGrid(!pixelGrid),
    'work.crosshair': () => setGuides(nextCrosshair[crosshair]),
  });
  return { look, tryLook, setLook, panelOpen, setPanelOpen, loupe, loupePower, navigator };
}

const nextCrosshair: Readonly<Record<CrosshairSwitch, CrosshairSwitch>> = {
  drawing: 'always',
  always: 'never',
  never: 'drawing',
};

function readCrosshair(text: string): CrosshairSwitch {
  return text === 'always' || text === 'never' ? text : 'drawing';
}
