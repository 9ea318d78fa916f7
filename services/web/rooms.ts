// Every room a reader enters, in the order one meets them.
import type { FastifyInstance } from 'fastify';
import type { Room } from '../room.ts';
import { archiveRoom } from './archive.ts';
import { authorsRoom } from './authors.ts';
import { boardsRoom } from './boards.ts';
import { changeAddressRoom } from './change-address.ts';
import { deadlinesRoom } from './deadlines.ts';
import { feedRoom } from './feed.ts';
import { goRoom } from './go.ts';
import { issueRestRoom } from './issue-rest.ts';
import { homeRoom } from './home.ts';
import { mapRoom } from './map.ts';
import { myDataRoom } from './my-data.ts';
import { openNewestIssue } from './newest-issue.ts';
import { preferencesRoom } from './preferences.ts';
import { privateFeedRoom } from './private-feed.ts';
import { readingRoom } from './reading.ts';
import { savedRoom } from './saved.ts';
import { searchRoom } from './search.ts';
import { signalRoom } from './signal.ts';
import { sectionFeedsRoom } from './section-feeds.ts';
import { siteMapRoom } from './site-map.ts';
import { sourcesRoom } from './sources.ts';
import { storyRoom } from './stories.ts';
import { subscribeRoom } from './subscribe.ts';
import { textTwinsRoom } from './text-twins.ts';
import { topicsRoom } from './topics.ts';
import { unsubscribeRoom } from './unsubscribe.ts';

/** Registers them all. */
export async function webRooms(app: FastifyInstance, room: Room): Promise<void> {
  const newestIssue = openNewestIssue(room.house);
  homeRoom(app, room, newestIssue);
  subscribeRoom(app, room);
  preferencesRoom(app, room, newestIssue);
  savedRoom(app, room);
  changeAddressRoom(app, room);
  myDataRoom(app, room);
  await app.register(async (scope) => unsubscribeRoom(scope, room));
  signalRoom(app, room, newestIssue);
  await goRoom(app, room);
  readingRoom(app, room);
  privateFeedRoom(app, room);
  archiveRoom(app, room);
  issueRestRoom(app, room);
  storyRoom(app, room);
  topicsRoom(app, room);
  sourcesRoom(app, room);
  authorsRoom(app, room);
  searchRoom(app, room);
  mapRoom(app, room);
  boardsRoom(app, room);
  deadlinesRoom(app, room);
  feedRoom(app, room);
  sectionFeedsRoom(app, room);
  textTwinsRoom(app, room);
  siteMapRoom(app, room);
}
