// A form that was not carried out -> what of it is shown again, so that nothing that was typed is lost.

/** Fields that people write in; what else a form holds is a token, a choice or a secret, and is not shown as text. */
const written: Readonly<Record<string, string>> = {
  title: 'Subject',
  intro: 'Intro',
  preheader: 'Preheader',
  sentences: 'Summary',
  summary: 'Summary',
  note: 'Note',
  alt: 'What the picture shows',
};
const ours = new Set(['_csrf', 'anyway', 'seen']);

/** The fields of a body as name and value, once for each value; none for what is no form. */
export function sentFields(body: unknown): { name: string; value: string }[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    ours.has(name) ? [] : [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])),
  );
}

/** What somebody wrote into the form, under the names people know. */
export function writtenFields(body: unknown): { label: string; value: string }[] {
  return sentFields(body).flatMap(({ name, value }) => {
    const label = name.startsWith('reason.') ? 'Reason' : Object.hasOwn(written, name) ? written[name] : undefined;
    return label !== undefined && value.trim() !== '' ? [{ label, value }] : [];
  });
}
