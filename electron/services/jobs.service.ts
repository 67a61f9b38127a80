import type { Jobs } from '#electron/core/jobs.ts';
import type { Handlers } from '#electron/core/ports.ts';

/** Long work under way, and the way to stop it. */
export function createJobsService({ jobs }: { jobs: Jobs }): Handlers<'jobs.list' | 'jobs.cancel'> {
  return {
    'jobs.list': () => ({ jobs: jobs.list() }),
    'jobs.cancel': ({ id }) => {
      jobs.cancel(id);
      return {};
    },
  };
}
