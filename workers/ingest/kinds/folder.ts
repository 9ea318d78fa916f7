// Folders on this machine: nobody is asked, the thread reads the files where they lie.
import { readFolder } from '../folder/read-folder.ts';
import type { KindOfSource } from '../source-kind.ts';

export const kindOfSource: KindOfSource = {
  fetch: async ({ url }) => ({
    is: 'response',
    body: new Uint8Array(),
    contentType: undefined,
    url,
    missed: [],
    etag: null,
    lastModified: null,
    headers: {},
    permanentUrl: undefined,
  }),
  read: ({ url, ...look }) => readFolder(url, look),
  // Names in a directory are below it only when its address ends with a slash.
  baseOf: (url) => `${url.replace(/\/$/, '')}/`,
};
