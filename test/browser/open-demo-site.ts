// The demo week in a house of its own: read and drafted, every room open on a free port, waiting for a person to click.
import type { House } from '../../core/house.ts';
import { addCurator, type Role } from '../../core/store/curators.ts';
import { issueById, listIssues, type Issue } from '../../core/store/issues.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { createSignInLink } from '../../core/desk/sign-in-link.ts';
import { moveDemoSources } from '../../infra/demo-week/move-sources.ts';
import { runTour } from '../../services/cli/tour.ts';
import { openDemoHouse, silent } from '../demo-house.ts';
import { draftedWeek } from './drafted-week.ts';

export interface DemoSite {
  house: House;
  /** Where the site answers, without a slash at its end. */
  url: string;
  /** As it was drafted; later states are on the pages. */
  draft: Issue;
  /** Takes the tour to its end: approved, ranked, mailed. */
  send: () => Promise<void>;
  /** A link that signs a new curator of this role in once. */
  signInLink: (role: Role) => Promise<string>;
  stop: () => Promise<void>;
}

/** Opens the house on a copy of the drafted week. */
export async function openDemoSite(): Promise<DemoSite> {
  const { house, week, stop } = await openDemoHouse({}, await draftedWeek());
  await saveSettings(house.db, { setUp: true, publication: 'Courant', postalAddress: 'Street 1, Town' });
  await moveDemoSources(house.db, week);
  const [newest] = await listIssues(house.db);
  const draft = (await issueById(house.db, newest!.id))!;
  const signInLink = async (role: Role): Promise<string> => {
    const { id } = await addCurator(house.db, { email: `${role}@desk.example`, name: `The ${role}`, role });
    return createSignInLink(house.db, { curatorId: id, deskUrl: house.config.DESK_URL, now: house.now(), minutes: 15 });
  };
  const send = async (): Promise<void> => void (await runTour(house, week, silent));
  return { house, url: house.config.PUBLIC_URL, draft, send, signInLink, stop };
}
