-- The desk counts letters that wait since "no such mailbox" was said to so many in a row, among a million that are planned.
create index deliveries_held_mailboxes on deliveries (issue_id) where state = 'planned' and reason = 'mailbox';
