-- Which form somebody agreed by, and in which version of it ("subscribe-form 1f3a99c2"); null where it was no form of the site.
alter table consents add column form text;
