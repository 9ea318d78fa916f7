// How much of a letter's first two lines a list of mails shows: the gate judges by it, and the proposed subject keeps to it; pure.

/** Mail readers show some 60 characters of a subject; one of fewer than 12 says nothing. */
export const subjectCharacters = { least: 12, most: 78 };
/** Of what follows the subject they show some 100. */
export const preheaderCharacters = { least: 20, most: 250 };
