// The thread that hashes beside the downloads (src/native/thread.ts).
import { parentPort } from 'node:worker_threads';
import { serveLane } from '../native/thread.ts';

if (parentPort) serveLane(parentPort);
