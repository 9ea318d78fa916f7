// An issue as a curator might approve it: 25 stories, long titles, three languages, mathematics, and something hostile.
import type { ChosenStory } from '../../../services/mailer/reading-order.ts';
import type { Card, IssueContent } from '../../../core/store/issue-content.ts';

const titles: [Card['kind'], string, string][] = [
  ['paper', 'Attention Is All You Need', 'arXiv cs.CL'],
  ['paper', 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding', 'arXiv cs.CL'],
  ['paper', 'Denoising Diffusion Probabilistic Models', 'arXiv cs.LG'],
  ['paper', 'LoRA: Low-Rank Adaptation of Large Language Models', 'arXiv cs.CL'],
  ['paper', 'Scaling Laws for Neural Language Models: L(N) ≈ (N_c/N)^α', 'arXiv cs.LG'],
  ['paper', 'Deep Residual Learning for Image Recognition', 'arXiv cs.CV'],
  ['paper', 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness', 'arXiv cs.LG'],
  ['paper', 'Robust Speech Recognition via Large-Scale Weak Supervision', 'arXiv eess.AS'],
  ['paper', '大型语言模型中的思维链提示', '机器之心'],
  ['video', "Let's build GPT: from scratch, in code, spelled out", 'Andrej Karpathy'],
  ['video', 'But what is a neural network?', '3Blue1Brown'],
  ['video', 'Stanford CS224N: Lecture 8, Self-Attention and Transformers', 'Stanford Online'],
  ['video', 'The spelled-out intro to neural networks and backpropagation', 'Andrej Karpathy'],
  ['post', 'Whisper, released as open source', 'Tool notes'],
  ['post', 'FAISS: a library for efficient similarity search', 'Tool notes'],
  ['post', 'The Pile: an 800 GB dataset of diverse text', 'Dataset watch'],
  ['post', 'Hugging Face Transformers 4', 'Tool notes'],
  ['post', 'JAX: composable transformations of Python programs', 'Tool notes'],
  ['post', 'The Illustrated Transformer', 'Jay Alammar'],
  ['post', 'What are diffusion models?', "Lil'Log"],
  ['post', 'The Unreasonable Effectiveness of Recurrent Neural Networks', 'Karpathy blog'],
  ['post', 'The Bitter Lesson', 'Incomplete Ideas'],
  ['post', '¿Qué aprende una red neuronal?', 'Cuadernos de campo'],
  ['post', '<img src=x onerror=alert(1)> & "quotes"', '<b>Hostile</b> weekly'],
  ['post', 'A recipe for training neural networks', 'Karpathy blog'],
];

const summary = [
  'The authors replace recurrence and convolution with attention alone, and train a translation model in days where others took weeks.',
  'On two benchmarks it does better than every ensemble before it, and the same design works for parsing with little change.',
];

function cardAt(index: number): Card {
  const [kind, title, source] = titles[index % titles.length]!;
  const lang = /[一-龥]/.test(title) ? 'zh' : title.startsWith('¿') ? 'es' : 'en';
  return {
    storyId: index + 101,
    number: index + 1,
    section: index < 9 ? 'publications' : index < 13 ? 'talks' : index < 18 ? 'tools' : 'posts',
    role: index % 3 === 0 ? 'pick' : 'pool',
    kind,
    title,
    url:
      lang === 'en' && title.startsWith('<') ? 'javascript:alert(1)' : `https://example.org/items/${index + 1}?a=1&b=2`,
    source,
    authors: ['A. Author'],
    lang,
    topic: null,
    minutes: kind === 'video' ? 58 : kind === 'post' && index % 2 === 0 ? 6 : null,
    summary: lang === 'zh' ? ['思维链提示让大型语言模型逐步推理。', '在算术和常识任务上,效果提升明显。'] : summary,
    also:
      index % 4 === 0
        ? [
            { label: 'talk on Yannic Kilcher', url: 'https://video.example/w?v=1' },
            { label: 'post on Field Notes', url: 'https://notes.example/1' },
          ]
        : [],
    imageUrl: null,
  };
}

/** An approved content with this many stories; every third is an editor's pick. */
export function sampleContent(stories = 25): IssueContent {
  const cards = Array.from({ length: stories }, (_, index) => cardAt(index));
  const sections = [
    { key: 'publications', name: 'Publications' },
    { key: 'talks', name: 'Talks & Videos' },
    { key: 'tools', name: 'Tools & Datasets' },
    { key: 'posts', name: 'Posts & Essays' },
  ].filter(({ key }) => cards.some((card) => card.section === key));
  return {
    number: 12,
    slug: '2026-w47',
    title: 'Courant No 12: Attention Is All You Need',
    date: '2026-11-21',
    intro:
      'A quiet week for benchmarks and a good one for explanations: three talks build a transformer from nothing, and one old paper turns out to need only half its parts.\n\nThe speech people have a new release to try.',
    sections,
    cards,
  };
}

/** Every story of the content, chosen as a ranker would: picks for everybody, the rest with a reason. */
export function chooseAll(content: IssueContent): ChosenStory[] {
  return content.cards.map(({ storyId, role }) =>
    role === 'pick'
      ? { storyId, kind: 'editor', reason: null }
      : { storyId, kind: 'personal', reason: { code: 'close', words: 'speech & “low-rank” adapters' } },
  );
}
