// What somebody typed in a mail, whatever their program puts around it; what of it is a command, a day, an interest.
import { describe, expect, test } from 'vitest';
import { interestsInMail } from '../../../core/mail/interests-in-mail.ts';
import { ownLines } from '../../../core/mail/own-lines.ts';
import { readCommand } from '../../../core/mail/read-command.ts';
import { commandInMail } from '../../../core/readers/command-in-mail.ts';
import { pauseEnd } from '../../../core/readers/pause-until.ts';
import { written } from '../../services/inbox/written-mails.ts';

describe('of a reply only what was typed is read', () => {
  test.each(written('pause 2 weeks').map((shape) => [shape.name, shape] as const))('%s', (_name, { text = '', html = '' }) => {
    const lines = ownLines({ text, html });
    expect(commandInMail({ subject: 'Re: Courant No 12', lines })).toMatchObject({ is: 'pause', until: { after: { weeks: 2 } } });
    expect(lines.join(' ')).not.toMatch(/leave|help|iPhone|Outlook|Sent from|wrote/);
  });

  test.each(written('').map((shape) => [shape.name, shape] as const))('nothing, where nothing was typed: %s', (_name, { text = '', html = '' }) => {
    expect(commandInMail({ subject: 'Re: Courant No 12', lines: ownLines({ text, html }) })).toBeUndefined();
  });

  test.each(written('My view of it:\nsearch is hard, and 3 of 4 fail.').map((shape) => [shape.name, shape] as const))('sentences stay whole: %s', (_name, { text = '', html = '' }) => {
    const lines = ownLines({ text, html }).filter(Boolean);
    expect(lines.slice(0, 2)).toEqual(['My view of it:', 'search is hard, and 3 of 4 fail.']);
  });
}); // prettier-ignore

test.each(['Hello!\nPause 2 weeks', 'Hi, pause 2 weeks', 'Hi pause 2 weeks', '您好，\nPause 2 weeks', 'Dear Courant team,\n\npause 2 weeks'])('a greeting hides no command: %j', (text) => {
  expect(commandInMail({ subject: 'Re: Courant No 12', lines: ownLines({ text, html: '' }) })).toMatchObject({ is: 'pause', until: { after: { weeks: 2 } } });
}); // prettier-ignore

test('what greets in Chinese and goes on is no greeting: what it says is not a command, nor what is below it', () => {
  const read = (...lines: string[]) => commandInMail({ subject: 'Re: Courant No 12', lines })?.is;
  expect(read('您好，上期的第三个链接坏了，请修复', '取消订阅')).toBeUndefined();
  expect(read('尊敬的编辑老师们，你们好！', '取消订阅')).toBe('leave');
  expect(read('您好，Courant 编辑部：', '', '取消订阅')).toBe('leave');
});

describe('commands', () => {
  test.each([
    ['help', 'help'], ['Help!', 'help'], ['?', 'help'], ['Hilfe bitte', 'help'], ['ayuda', 'help'], ['AIDE', 'help'], ['帮助', 'help'], ['请帮助', 'help'],
    ['Unsubscribe', 'leave'], ['please unsubscribe me from this list, thanks', 'leave'], ['STOP', 'leave'], ['Abmelden', 'leave'], ['Bitte abbestellen.', 'leave'],
    ['baja', 'leave'], ['Darme de baja por favor', 'leave'], ['Me désabonner', 'leave'], ['désabonnement svp', 'leave'], ['退订', 'leave'], ['Kündigung', 'leave'], ['Abmeldung vom Newsletter', 'leave'], ['Kündigung Abo', 'leave'], ['unsubscribe newsletter', 'leave'], ['Résiliation', 'leave'], ['Cancelación', 'leave'], ['Good morning, leave', 'leave'], ['请退订，谢谢', 'leave'], ['取消订阅', 'leave'],
    ['resume', 'resume'], ['fortsetzen', 'resume'], ['reanudar', 'resume'], ['reprendre', 'resume'], ['恢复', 'resume'],
    ['interests: a, b', 'interests'], ['Intérêts : a, b', 'interests'], ['兴趣：语音', 'interests'], ['Intereses: habla', 'interests'], ['Subscribe', 'subscribe'], ['订阅', 'subscribe'], ['Abonnieren', 'subscribe'],
  ])('%s is %s', (line, is) => expect(readCommand(line)?.is).toBe(is)); // prettier-ignore

  test('may be followed by the name of the publication, of this one alone', () => {
    for (const line of ['unsubscribe courant', 'Unsubscribe from Courant, please', 'Abmelden von Courant'])
      expect(readCommand(line, 'Courant')?.is).toBe('leave');
    expect(readCommand('unsubscribe courant', 'Field Notes')).toBeUndefined();
    expect(readCommand('unsubscribe Field Notes', 'Field Notes')?.is).toBe('leave');
  });

  test.each([
    'leave me a message', 'I want to leave a comment', 'help wanted: two postdocs', 'stop words in search', 'Pause for thought', 'resume parsing with LLMs', 'my interests are many', 'Unsubscribe link is broken', 'a paused subscription', 'interests', 'weiter so!', 'hold on', '',
    'Hold on, see section 3.4', 'Hold on, I have 2 questions about it.', 'Pause: the link in story 12 is dead', 'pause 2 of the 3 videos', 'pause until I say so on 24 December', 'Pausieren ist in Ausgabe 12 nicht gut', 'Pausa: la historia 3 no abre', 'suspendre 2 articles', '暂停键在第3节', 'pause from 1 December to 24 December', 'Kündigung von 200 Forschern', 'unsubscribe others',
  ])('"%s" is none', (line) => expect(readCommand(line)).toBeUndefined()); // prettier-ignore
});

describe('when a pause ends', () => {
  const clock = { zone: 'Europe/Berlin', now: new Date('2026-11-29T22:00:00Z') };
  test.each([
    ['pause', null], ['pausieren', null], ['暂停', null],
    ['pause until 2026-12-24', '2026-12-24'], ['pause until 24 December', '2026-12-24'], ['Pause until Dec 24th, 2026', '2026-12-24'], ['pausieren bis 24.12.', '2026-12-24'], ['pausieren bis zum 3. Januar', '2027-01-03'],
    ['pausa hasta el 24 de diciembre', '2026-12-24'], ["suspendre jusqu'au 24 décembre 2026", '2026-12-24'], ['suspendre jusqu’au 1er février', '2027-02-01'], ['暂停到12月24日', '2026-12-24'], ['暂停至2026年12月24日', '2026-12-24'], ['pause until 12/24/2026', '2026-12-24'], ['pause 24/12/2026', '2026-12-24'],
    ['pause 2 weeks', '2026-12-13'], ['pause for a week', '2026-12-06'], ['pausieren für drei Wochen', '2026-12-20'], ['pausa dos semanas', '2026-12-13'], ['suspendre pendant 2 semaines', '2026-12-13'], ['暂停两周', '2026-12-13'], ['暂停2个月', '2027-01-29'], ['pause: 10 days', '2026-12-09'], ['Hello, please pause until Thursday, 24th of December. Thanks!', '2026-12-24'], ['pausieren bis Donnerstag, 24.12.', '2026-12-24'], ['pause for seven days', '2026-12-06'],
    ['pause for 1.5 weeks', 'unread'], ['pause 1.5 weeks', 'unread'], ['pausieren für 1,5 Wochen', 'unread'], ['pausa 2 meses y 3 dias', 'none'], ['暂停1.5个月', 'unread'], ['pause 2 weeks 3 days', 'unread'],
    ['pause until 2025-12-24', 'past'], ['pause 3 years', 'unread'], ['pause 80 weeks', 'tooLong'], ['pause until 2031-01-01', 'tooLong'], ['pause until 3/4/2027', 'unread'], ['pause until 30 February 2027', 'unread'], ['pause 99999999999 weeks', 'unread'],
  ])('%s: %s', (line, told) => {
    const command = readCommand(line);
    const end = command?.until;
    const until = end === undefined ? 'none' : end === 'unread' ? end : pauseEnd(end, clock);
    const day = until instanceof Date ? new Intl.DateTimeFormat('sv', { timeZone: clock.zone }).format(until) : until;
    expect(day).toBe(told);
  }); // prettier-ignore
});

describe('interests', () => {
  const of = (subject: string, body: string): string[] =>
    interestsInMail({ subject, lines: ownLines({ text: body, html: '' }), name: 'Ada Lovelace' }, 20);
  test.each([
    ['speech recognition, graph learning', '', ['speech recognition', 'graph learning']],
    ['Subscribe', 'speech recognition\ngraph learning\n\nAda Lovelace\nUniversity of Padua', ['speech recognition', 'graph learning']],
    ['subscribe: speech; robots', '', ['speech', 'robots']],
    ['Hello', 'Hello Courant team,\n\nI would like to subscribe please.\nI am interested in speech, robots and protein folding.\n\nBest regards\nAda', ['speech', 'robots', 'protein folding']],
    ['Abonnieren', 'Guten Tag,\nich interessiere mich für Sprache, Robotik und Graphen.\nViele Grüße\nAda', ['Sprache', 'Robotik', 'Graphen']],
    ['', '- speech\n* robots\n1. graphs\n\nSent from my iPhone', ['speech', 'robots', 'graphs']],
    ['订阅', '语音识别，图学习、机器人\n\n发自我的iPhone', ['语音识别', '图学习', '机器人']],
    ['Hi', "Bonjour,\nje m'intéresse à la parole, aux graphes et aux robots.\nMerci\nAda", ['la parole', 'aux graphes', 'aux robots']],
    ['speech, robots', 'Thanks!\nAda', ['speech', 'robots']],
    ['speech, robots', 'Ada Lovelace\nUniversity of Padua', ['speech', 'robots']],
    ['Subscribe', '', []],
    ['subscribe', 'Please add me to the list. My friend told me that you write well about many things.', []],
    ['Speech, speech, SPEECH', '', ['Speech']],
  ])('%s / %s', (subject, body, told) => {
    const found = of(subject, body);
    expect(found.map((one) => one.toLowerCase())).toEqual(told.map((one) => one.toLowerCase()));
  }); // prettier-ignore

  test('are not in what is forwarded', () => {
    const forwarded =
      '---------- Forwarded message ---------\nFrom: Courant <news@example.org>\nSubject: x\n\nmaps, seas';
    expect(of('Fwd: speech', forwarded)).toEqual(['speech']);
  });

  test('are twenty at most, however many stand there, and none is a page', () => {
    const many = Array.from({ length: 60 }, (_, at) => `subject ${at}`).join(', ');
    expect(of('subscribe', many)).toHaveLength(20);
    expect(of('subscribe', `${'x'.repeat(90)}, speech`)).toEqual(['speech']);
  });
});
