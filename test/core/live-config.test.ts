import { expect, test } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { followSettings, isFixed, liveConfig } from '../../core/live-config.ts';

test('a schedule that was set holds at once and ends with the setting; all else stays', () => {
  const given = parseConfig({ PORT: '4000' });
  const config = liveConfig(given);
  expect(config).toEqual(given);
  followSettings(config, { draftAt: 'thu 08:00', timezone: 'Asia/Kolkata' });
  expect(config).toMatchObject({ DRAFT_AT: 'thu 08:00', SEND_AT: given.SEND_AT, TIMEZONE: 'Asia/Kolkata', PORT: 4000 });
  followSettings(config, { draftAt: 'mon 08:00' });
  expect(config).toMatchObject({ DRAFT_AT: 'mon 08:00', TIMEZONE: given.TIMEZONE });
  followSettings(config, {});
  expect(config).toEqual(given);
});

test('what the environment says wins', () => {
  const config = liveConfig(parseConfig({ TIMEZONE: 'Europe/Berlin' }));
  followSettings(config, { timezone: 'Asia/Kolkata', sendAt: 'sun 09:00' });
  expect(config).toMatchObject({ TIMEZONE: 'Europe/Berlin', SEND_AT: 'sun 09:00' });
  expect([isFixed(config, 'TIMEZONE'), isFixed(config, 'SEND_AT')]).toEqual([true, false]);
});

test('a config that follows nothing stays as it is', () => {
  const config = parseConfig({});
  followSettings(config, { timezone: 'Asia/Kolkata' });
  expect(config.TIMEZONE).toBe('UTC');
});
