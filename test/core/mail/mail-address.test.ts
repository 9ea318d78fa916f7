// Addresses as people and browsers hand them over: what can be mailed is taken, and one mailbox is one, however written.
import { describe, expect, test } from 'vitest';
import { mailboxOf, readMailAddress } from '../../../core/mail/mail-address.ts';

const long = (count: number): string => 'x'.repeat(count);

describe('an address', () => {
  test.each([
    ['Ada@Readers.Example', 'ada@readers.example'],
    ['petra@xn--bcher-kva.example', 'petra@xn--bcher-kva.example'],
    ['petra@bücher.example', 'petra@xn--bcher-kva.example'],
    ['oleg@почта.рф', 'oleg@xn--80a1acny.xn--p1ai'],
    ['lin@例え.テスト', 'lin@xn--r8jz45g.xn--zckzah'],
    ['q&a@readers.example', 'q&a@readers.example'],
    ["o'neil@readers.example", "o'neil@readers.example"],
    ['press/us@readers.example', 'press/us@readers.example'],
    ['k=v@readers.example', 'k=v@readers.example'],
    ['!#$%&*+-/=?^_`{|}~@readers.example', '!#$%&*+-/=?^_`{|}~@readers.example'],
    ['\u200bada@readers.example\u200b\u2060', 'ada@readers.example'],
    ['\u202aada@readers.example\u202c\u00a0', 'ada@readers.example'],
    ['a\u00adda@readers.example\ufeff', 'ada@readers.example'],
    [`${long(64)}@readers.example`, `${long(64)}@readers.example`],
    [`a@${long(63)}.example`, `a@${long(63)}.example`],
  ])('%j is taken as %j', (typed, address) => expect(readMailAddress(typed)).toBe(address));

  test.each([
    [''],
    ['ada'],
    ['ada@'],
    ['@readers.example'],
    ['ada@localhost'],
    ['ada@readers..example'],
    ['ada@.readers.example'],
    ['ada@readers.example.'],
    ['ada.@readers.example'],
    ['.ada@readers.example'],
    ['a..da@readers.example'],
    [`${long(65)}@readers.example`],
    [`a@${long(64)}.example`],
    ['a@readers-.example'],
    ['a@-readers.example'],
    ['a@readers.example-'],
    [`a@${`${long(60)}.`.repeat(5)}example`],
    ['a@192.0.2.1'],
    ['a@[192.0.2.1]'],
    ['a@0x7f.1'],
    ['ädä@readers.example'],
    ['"a b"@readers.example'],
    ['a b@readers.example'],
    ['a@b.example\r\nBcc: c@d.example'],
    ['a@b.example,c@d.example'],
    ['a@b@c.example'],
    ['a@exa%6dple.example'],
    ['a@readers.example/x'],
    ['a@readers.example:25'],
    ['a@readers_.example'],
    [`a@${'ä.'.repeat(100_000)}example`],
  ])('%j is refused', (typed) => expect(readMailAddress(typed)).toBeUndefined());
});

describe('one mailbox', () => {
  test.each([
    ['ada@readers.example', ['Ada@Readers.example', 'ada+news@readers.example', 'ada+a+b@readers.example']],
    ['adalovelace@gmail.com', ['ada.love.lace@gmail.com', 'A.da.lovelace+x@googlemail.com']],
    ['ada@proton.me', ['a.d-a_@protonmail.com', 'ada+x@pm.me']],
    ['ada@icloud.com', ['ada@me.com', 'ada@mac.com']],
    ['+1@readers.example', ['+1+x@readers.example']],
  ])('%s is also', (mailbox, others) => {
    for (const other of [mailbox, ...others]) expect(mailboxOf(other)).toBe(mailbox);
  });

  test('dots tell people apart where the provider says so', () => {
    expect(mailboxOf('a.da@readers.example')).not.toBe(mailboxOf('ada@readers.example'));
    expect(mailboxOf('ada@mac.com.example')).toBe('ada@mac.com.example');
  });
});
