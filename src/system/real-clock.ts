import type { Clock } from './clock.ts';

export const clock: Clock = {
  now: () => performance.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
