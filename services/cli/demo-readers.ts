// Five readers who want different things, so that five different mails come out of one issue.

export interface DemoReader {
  email: string;
  interests: string[];
  length: number;
}

export const demoReaders: readonly DemoReader[] = [
  { email: 'amara@readers.example', interests: ['speech', 'audio'], length: 12 },
  { email: 'bruno@readers.example', interests: ['reinforcement learning', 'games'], length: 10 },
  { email: 'chen@readers.example', interests: ['diffusion models', 'image generation'], length: 12 },
  { email: 'dalia@readers.example', interests: ['GPU', 'fine-tuning', 'efficient training'], length: 8 },
  { email: 'emil@readers.example', interests: ['retrieval', 'sentence embeddings', 'nearest neighbours'], length: 12 },
];
