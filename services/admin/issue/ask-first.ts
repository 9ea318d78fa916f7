// What stops a form of the desk to ask before it does something: that an edit undoes an approval, that somebody was quicker.
import { PageError } from '../../page-error.ts';

/** Thrown before anything was changed; the form is shown again with a button that says yes to exactly this. */
export class AskFirst extends PageError {
  /** What the form sends along as `anyway` when the curator says yes. */
  readonly anyway: string;
  readonly button: string;
  constructor(what: string, { todo, anyway, button }: { todo: string; anyway: string; button: string }) {
    super(409, what, todo);
    this.name = 'AskFirst';
    this.anyway = anyway;
    this.button = button;
  }
}

/** One field that two people changed. */
export interface BothTexts {
  name: string;
  label: string;
  theirs: string;
  mine: string;
}

/** Thrown when what a form changes was changed since its page was opened; both texts are shown, and nothing is lost. */
export class EditConflict extends PageError {
  readonly fields: readonly BothTexts[];
  /** The version that stands now, of which the next form says that it was seen. */
  readonly seen: string;
  /** Fields of the form that are carried out in `mine` and are not sent again. */
  readonly done: readonly string[];
  constructor(
    what: string,
    { fields, seen, done = [] }: { fields: readonly BothTexts[]; seen: string; done?: readonly string[] },
  ) {
    // prettier-ignore
    super(409, what, 'Both stand below. Make one of them, or leave it as it is now.');
    this.name = 'EditConflict';
    // What both wrote alike is sent again, and asks nothing.
    this.fields = fields.filter(({ theirs, mine }) => theirs !== mine);
    this.seen = seen;
    this.done = done;
  }
}
