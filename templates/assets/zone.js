// The zone a browser is in, proposed wherever a page asks for one; who reads the page sees it and chooses another.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';

// A form without room for the choice: it stands on the reader's own page.
for (const zone of document.querySelectorAll('input[type=hidden][name=timezone]')) zone.value = here;

const add = (select, zone) => {
  if ([...select.options].some(({ value }) => value === zone)) return;
  select.add(new Option(zone, zone));
};

// The page offers a few, which is what there is without this script.
for (const select of document.querySelectorAll('select[name=timezone]')) {
  for (const zone of [here, ...Intl.supportedValuesOf('timeZone')]) if (zone) add(select, zone);
  if (select.value === '') select.value = here;
}

// Times that nobody asked for in a zone are shown in the reader's: the address then says which.
for (const select of document.querySelectorAll('select[data-own-zone]')) {
  const address = new URL(location.href);
  if (here && select.value !== here && !address.searchParams.has(select.name)) {
    address.searchParams.set(select.name, here);
    location.replace(address);
  }
}
