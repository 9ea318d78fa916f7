// The readers of the demo: five who want different things, and with its past weeks a list of forty who came and went.

export interface DemoReader {
  email: string;
  interests: string[];
  length: number;
}

/** Five different mails come out of one issue. */
export const demoReaders: readonly DemoReader[] = [
  { email: 'amara@readers.example', interests: ['speech', 'audio'], length: 12 },
  { email: 'bruno@readers.example', interests: ['reinforcement learning', 'games'], length: 10 },
  { email: 'chen@readers.example', interests: ['diffusion models', 'image generation'], length: 12 },
  { email: 'dalia@readers.example', interests: ['GPU', 'fine-tuning', 'efficient training'], length: 8 },
  { email: 'emil@readers.example', interests: ['retrieval', 'sentence embeddings', 'nearest neighbours'], length: 12 },
];

const others =
  'farid greta hugo ines jonas kemal lena mateo nadia olu priya quentin rosa samir tove umar vera wanda xenia yusuf zoe ' +
  'akiko bela carmen dmitri elif faith goran hana igor jin kofi leila marek noor';
const wishes: readonly string[][] = [
  ['language models', 'pre-training'],
  ['object detection', 'segmentation'],
  ['reinforcement learning', 'control'],
  ['image generation', 'style'],
  ['translation', 'subword units'],
  ['graph neural networks'],
  ['retrieval', 'question answering'],
  ['speech recognition'],
  ['attention', 'long documents'],
  ['self-supervised learning', 'vision'],
  ['explaining predictions'],
  ['optimisation', 'weight decay'],
  [],
];

/** Forty: the five, and thirty-five others. */
export const demoAudience: readonly DemoReader[] = [
  ...demoReaders,
  ...others.split(' ').map((name, at) => ({
    email: `${name}@readers.example`,
    interests: wishes[at % wishes.length]!,
    length: [8, 10, 12, 16][at % 4]!,
  })),
];

/** Who had subscribed that many weeks before the demo week: most from the beginning, some each week. */
export function audienceAt(weeksAgo: number): readonly DemoReader[] {
  return demoAudience.slice(0, demoAudience.length - 2 * weeksAgo);
}
