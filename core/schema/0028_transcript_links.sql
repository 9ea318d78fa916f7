-- Transcripts that a feed offers of an item (podcast:transcript), the best first; and segments of those without times.
alter table items add column transcript_links jsonb;
alter table segments alter column start_s drop not null;
