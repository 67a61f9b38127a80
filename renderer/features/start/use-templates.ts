import type { LabelSet } from '#shared/domain/label-set.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { drivingClasses, withDrivingAttributes } from '#renderer/lib/label-lines.ts';
import {
  invalidReasons,
  speechLabels,
  speechRules,
  speechTokens,
  type SpeechWords,
  withSpeechLabels,
} from '#renderer/lib/speech-template.ts';
import type { FolderAnswers } from './use-folder-project.ts';

const occlusionLevels = ['visible', 'partial', 'severe', 'invisible'] as const;

/** Label sets that need no typing, each with what is asked of its classes and, for speech, the rules that go with them. */
export interface Template {
  /** What is put into the field of labels. */
  labels: readonly { key: string; name?: string | undefined }[];
  /** The labels as typed with the questions of the template. */
  complete: (typed: LabelSet) => LabelSet;
  guideline: FolderAnswers['guideline'];
}

/** The templates in the owner's language. */
export function useTemplates(): { driving: () => Template; speech: () => Template } {
  const t = useText();
  const speechWords = (): SpeechWords => ({
    valid: t('start.speech.valid'),
    invalid: t('start.speech.invalid'),
    reason: t('start.speech.reason'),
    reasons: invalidReasons.map((reason) => t(`start.speech.reasons.${reason}`)),
    question: (name) => t(`start.speech.questions.${name}`),
    answers: ({ name, answers }) =>
      answers.map((answer) => t(`start.speech.${name}.${answer}` as 'start.speech.valid')),
  });
  return {
    driving: () => ({
      labels: drivingClasses.map(({ key, words }) => ({ key, name: t(`start.driving.${words}`) })),
      complete: (typed) =>
        withDrivingAttributes(typed, {
          occlusion: t('start.drivingAttributes.occlusion'),
          occlusionLevels: occlusionLevels.map((level) => t(`start.drivingAttributes.${level}`)),
          pose: t('start.drivingAttributes.pose'),
          poses: [t('start.drivingAttributes.walking'), t('start.drivingAttributes.lying')],
          inChair: t('start.drivingAttributes.inChair'),
        }),
      guideline: null,
    }),
    speech: () => ({
      labels: speechLabels(speechWords()),
      complete: (typed) => withSpeechLabels(typed, speechWords()),
      guideline: {
        version: t('start.speech.version'),
        text: t('start.speech.text'),
        rules: speechRules(
          speechTokens.map((token) => ({
            text: t(`start.speech.tokens.${token}`),
            title: t(`start.speech.tokenTitles.${token}`),
          })),
        ),
      },
    }),
  };
}
