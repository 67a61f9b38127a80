import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { LookPanel } from './look-panel.tsx';
import type { Looking } from './looking.ts';
import { Loupe } from './loupe.tsx';
import { Navigator } from './navigator.tsx';
import type { Seeing } from './use-seeing.ts';

interface Props {
  canvas: ImageCanvas;
  looking: Looking;
  photo: DecodedPhoto;
  seeing: Seeing;
}

/** What floats over the photo to see more of it. */
export function SeeingAids({ canvas, looking, photo, seeing }: Props) {
  return (
    <>
      {seeing.navigator && <Navigator canvas={canvas} photo={photo} looking={looking} />}
      {seeing.loupe && <Loupe canvas={canvas} photo={photo} looking={looking} power={seeing.loupePower} />}
      {seeing.panelOpen && (
        <LookPanel
          looking={looking}
          photo={photo}
          look={seeing.look}
          onTry={seeing.tryLook}
          onLook={seeing.setLook}
          onClose={() => seeing.setPanelOpen(false)}
        />
      )}
    </>
  );
}
