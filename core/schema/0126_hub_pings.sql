-- A hub is told of feeds with something new in the way other systems are told (0067).
alter table outgoing_hooks drop constraint outgoing_hooks_type_check;
alter table outgoing_hooks add constraint outgoing_hooks_type_check check (
  type in ('reader.subscribed', 'reader.unsubscribed', 'reader.bounced', 'issue.sent', 'feed.published'));
