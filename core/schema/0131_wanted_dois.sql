-- Works brought by a DOI are looked up, too.
alter table wanted_papers drop constraint wanted_papers_key_check;
alter table wanted_papers add constraint wanted_papers_key_check check (key like 'arxiv:%' or key like 'doi:10.%');
