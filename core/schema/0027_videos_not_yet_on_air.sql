-- A video that is announced or live: it cannot be watched yet, so it is no news, and its transcript waits.
alter table items
  drop constraint items_transcript_state_check,
  add constraint items_transcript_state_check
    check (transcript_state in ('pending', 'upcoming', 'ok', 'none', 'blocked', 'failed')),
  -- When it goes on air as its publisher says; afterwards when it did, which is its date from then on.
  add column airs_at timestamptz;
