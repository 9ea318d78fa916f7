// What people write who do not know that a program reads it, in five languages; and sentences with the same words that are for a person.
import { expect, test } from 'vitest';
import { commandInMail } from '../../../core/readers/command-in-mail.ts';
import { readCommand } from '../../../core/mail/read-command.ts';

test.each([
  ['en', ['please remove me', 'Please take me off your mailing list.', "I'd like to unsubscribe, please", 'remove my email address from your list', 'No more emails please!', 'Please stop sending me this newsletter', 'I no longer wish to receive these emails', "don't email me again", 'Opt me out']],
  ['de', ['Bitte tragen Sie mich aus', 'Bitte nehmen Sie mich aus dem Verteiler.', 'bitte keine weiteren Mails', 'Keine E-Mails mehr bitte', 'Ich möchte keine Mails mehr bekommen', 'bitte aus der Liste löschen', 'Ich will mich abmelden']],
  ['fr', ['Merci de me retirer de votre liste', 'veuillez me désinscrire', 'Désinscrivez-moi s’il vous plaît', 'Je ne veux plus recevoir vos mails.', "Ne m'envoyez plus de mails", 'Je souhaite me désabonner']],
  ['es', ['Por favor, denme de baja', 'quítenme de la lista', 'No más correos, gracias', 'No quiero recibir más correos', 'Quisiera darme de baja']],
  ['zh', ['请把我移除', '请将我从列表中删除', '不要再给我发邮件了', '我要退订', '不想再收到邮件，谢谢']],
])('in %s a person who means to leave does', (lang, lines) => {
  for (const line of lines) expect([line, readCommand(line, 'Courant')]).toMatchObject([line, { is: 'leave', lang }]);
}); // prettier-ignore

test.each([
  'Please remove me from the author list of story 12',
  'stop sending me papers on robots',
  'No more emails about robots',
  'take me off the hook',
  'why do I get no more emails?',
  'do not remove me',
  'Please do not unsubscribe me',
  'bitte nicht abmelden',
  'keine weiteren Newsletter zu Robotik',
  'ne me désinscrivez pas',
  'Plus de mails que prévu',
  'no me den de baja',
  '不要退订',
  // More than leaving: who reads it can tell what is meant.
  'delete me',
  'Please delete my data',
])('"%s" is for a person', (line) => {
  expect(readCommand(line, 'Courant')).toBeUndefined();
});

test.each([
  'I would like to help',
  "I'd like to help, thanks",
  'I want to help!',
  'Ich möchte helfen',
  'Je voudrais aider',
])('"%s" is no call for help: a person reads it', (line) => {
  expect(readCommand(line, 'Courant')).toBeUndefined();
});

test('who wants help may say so', () => {
  for (const line of ['Please help', 'Ich will Hilfe', 'Quiero ayuda'])
    expect([line, readCommand(line)]).toMatchObject([line, { is: 'help' }]);
});

test('a subject that somebody else wrote, and that is forwarded without a word, says nothing of who forwards it', () => {
  for (const subject of [
    'Fwd: remove me',
    'WG: Bitte nehmen Sie mich aus dem Verteiler',
    '转发：退订',
    'Re: Fwd: remove me',
  ])
    expect([subject, commandInMail({ subject, lines: [] })]).toEqual([subject, undefined]);
  expect(commandInMail({ subject: 'Fwd: remove me', lines: ['Pause'] })).toMatchObject({ is: 'pause' });
  expect(commandInMail({ subject: 'Re: remove me', lines: [] })).toMatchObject({ is: 'leave' });
});

test('a wish may stand before any command', () => {
  expect(readCommand('I would like to pause for 2 weeks')).toMatchObject({
    is: 'pause',
    until: { after: { weeks: 2 } },
  });
  expect(readCommand('Quiero suscribirme')).toMatchObject({ is: 'subscribe', lang: 'es' });
});
