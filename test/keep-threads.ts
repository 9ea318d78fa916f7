// Of every test file: the threads that look at letters and compile them stay for the next test, since a start of theirs
// takes longer than what they do (axe-core and its document: 3 s of CPU on a busy machine, MJML: 1 s).
import { keepThreads } from '../core/threads.ts';

keepThreads(120_000);
