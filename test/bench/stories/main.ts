// {id, text} lines on standard input -> {id, cluster} lines on standard output, as the shared scorer of stories reads them.
import { text } from 'node:stream/consumers';
import { findStories } from '../../../workers/cluster/find-stories.ts';
import { embeddedEmbedder } from '../../../workers/embed/embedded.ts';
import { fitTexts } from '../../../workers/embed/fit.ts';

const lines = (await text(process.stdin)).trim().split('\n');
const items = lines.map((line) => JSON.parse(line) as { id: string; text: string });
const texts = items.map((item) => item.text);
const vectors = await embeddedEmbedder('embedded/bench', fitTexts(texts)).embed(texts);
const nothing = { kind: 'post', keys: [], mentions: [], segments: [], fixedStory: null } as const;
findStories(vectors.map((vector) => ({ ...nothing, vector }))).forEach((story, cluster) => {
  for (const { item } of story) process.stdout.write(`${JSON.stringify({ id: items[item]!.id, cluster })}\n`);
});
