-- When the address in moved_to was first seen: a page in a feed's place is believed after days, however often it is looked at.
alter table sources add column moved_since timestamptz;
