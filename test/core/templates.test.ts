import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { openTemplates } from '../../core/templates.ts';

const notice = {
  subject: 'Sign in',
  lines: ['Two & <three>'],
  action: { label: 'Sign in', href: 'https://courant.example/in' },
  note: 'Nobody else can use it.',
  publication: 'Courant',
  home: 'https://courant.example/',
  accent: { light: '#b4371f', dark: '#ff8f73' },
  logo: null,
};

const require = createRequire(import.meta.url);
const loadedHere = (): string[] => Object.keys(require.cache).filter((path) => path.includes('/node_modules/mjml'));

test('a mail is compiled without MJML, which takes 300 ms to load, on the thread that answers people', async () => {
  const before = loadedHere();
  const html = await openTemplates().mail('notice', notice);
  expect(html).toContain('Two &amp; &lt;three&gt;');
  expect(loadedHere()).toEqual(before);
});

test('what MJML refuses is an error that says what', async () => {
  const { compileMjml } = await import('../../core/letter/compile-mjml.ts');
  await expect(compileMjml('<mjml><mj-body><mj-nothing /></mj-body></mjml>')).rejects.toThrow('mj-nothing');
  // So the test before looks at the right place.
  expect(loadedHere()).not.toEqual([]);
});
