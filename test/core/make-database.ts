// `node dist/test/core/make-database.js DIRECTORY`: a process that makes an embedded database, to be killed.
import { prepareDirectory } from '../../core/embedded-directory.ts';

await prepareDirectory(process.argv[2]!);
