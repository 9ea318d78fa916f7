-- Which mails to a reader's reply address others wrote, or nobody knows who, for a person to read: so many a day are passed on.
alter table reader_mails add column is_through boolean not null default false;
