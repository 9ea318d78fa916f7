-- Once a letter met a machine, what is opened in it counts only where a page was used.
alter table clicks drop constraint clicks_machine_check;
alter table clicks add constraint clicks_machine_check check (machine in ('head', 'early', 'burst', 'trap', 'sweep', 'met'));
