// `node --import`ed by worker threads, before which nothing reads TypeScript: tsx alone reads it on the main thread only (Node 20).
import { register } from 'tsx/esm/api';

register();
