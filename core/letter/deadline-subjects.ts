// The subjects of public lists of deadlines, and which of them a reader's interests are about; pure.
import { foldCase, wordFinder } from '../text/words.ts';

const wordsIn = wordFinder('');

/** How words of an interest begin that is about a subject; of two words both stand in it. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  ML: ['machine learning', 'deep learning', 'reinforcement', 'neural', 'representation learning', 'diffusion', 'generative', 'optimi', 'bayesian', 'transformer'], // prettier-ignore
  CV: ['vision', 'image', 'video', 'visual', 'segmentation'],
  CG: ['graphics', 'rendering', 'animation', '3d'],
  NLP: ['language', 'linguist', 'translation', 'dialog', 'summari', 'llm', 'question answering', 'text'],
  RO: ['robot', 'manipulation', 'locomotion', 'autonomous'],
  SP: ['speech', 'audio', 'acoustic', 'speaker', 'music', 'signal'],
  DM: ['data mining', 'recommend', 'graph mining', 'time series', 'anomaly'],
  AP: ['planning', 'scheduling'],
  KR: ['knowledge', 'reasoning', 'logic', 'ontolog'],
  HCI: ['hci', 'interaction', 'interface', 'accessib', 'usab'],
  IRSM: ['search', 'retrieval', 'social media', 'recommend'],
};

/** Whether a list's letters for a subject are known here. */
export function isSubject(subject: string): boolean {
  return Object.hasOwn(beginnings, subject);
}

/** The letters of the subjects that these interests are about. */
export function subjectsOf(interests: readonly string[]): string[] {
  const words = interests.map((interest) => wordsIn(foldCase(interest)));
  const isAbout = (beginning: string): boolean => {
    const wanted = beginning.split(' ');
    return words.some((own) => wanted.every((word) => own.some((one) => one.startsWith(word))));
  };
  return Object.keys(beginnings).filter(
    (subject) => words.some((own) => own.includes(subject.toLowerCase())) || beginnings[subject]!.some(isAbout),
  );
}
