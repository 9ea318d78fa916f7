-- The feed asks at each look which of its stories were taken back: few papers are, and items are many.
create index items_withdrawn on items (id) where withdrawn;
