/** The formats that pictures' annotations can be exchanged in, in the order in which a person is shown them. */
export const imageFormats = [
  'coco',
  'labelme',
  'voc',
  'yolo',
  'yolo-segment',
  'yolo-obb',
  'cvat',
  'label-studio',
] as const;

/** Those of recordings. */
export const soundFormats = [
  'textgrid',
  'eaf',
  'audacity',
  'rttm',
  'ctm',
  'srt',
  'vtt',
  'whisper',
  'label-studio-audio',
  'segments-csv',
  'segments-jsonl',
] as const;

/** All of them. */
export const annotationFormats = [...imageFormats, ...soundFormats] as const;

export type SoundFormat = (typeof soundFormats)[number];
export type AnnotationFormat = (typeof annotationFormats)[number];
