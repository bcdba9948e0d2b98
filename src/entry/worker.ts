// The thread that hashes beside the downloads (src/native/thread.ts).
import { parentPort, workerData } from 'node:worker_threads';
import type { Bell } from '../native/start-worker.ts';
import { serveLane } from '../native/thread.ts';

if (parentPort) serveLane(parentPort, workerData as Bell);
