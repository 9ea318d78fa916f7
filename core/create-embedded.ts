// `node --liftoff-only dist/core/create-embedded.js DIRECTORY`: makes an empty embedded database there and ends.
import { PGlite } from '@electric-sql/pglite';

await (await PGlite.create(process.argv[2])).close();
