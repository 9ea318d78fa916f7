-- A board has an order besides its span: by worth, as all that were counted so far, or by what readers saved.
alter table boards add column board text not null default 'hype';
alter table boards drop constraint boards_pkey, add primary key (board, span);
alter table boards alter column board drop default;
