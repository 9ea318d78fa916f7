// One line per unit of work: a constant event name, fields for the rest, ids and never addresses.
import { pino } from 'pino';
import type { Config } from './config.ts';

export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}

interface LogFields {
  event: string;
  [field: string]: unknown;
}

/** A pino logger that writes JSON lines to standard error, so that standard output stays the program's output. */
export function openLog(config: Pick<Config, 'LOG_LEVEL'>): Log {
  return pino({ level: config.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
