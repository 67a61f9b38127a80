import { AppError } from '#shared/contract/errors.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Project } from '#shared/domain/project.ts';
import type { Day, Instant } from '#shared/domain/time.ts';
import type { TaskState } from '#shared/domain/work.ts';
import { missingLabelInUse, projectNameKey } from '#shared/rules/projects.rules.ts';
import { payTermsBody } from '#shared/rules/pay-terms.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import {
  findProject,
  findProjectNamed,
  listProjects,
  projectExists,
  projectFromRow,
} from '#electron/repositories/projects.repository.ts';
import { submittedLabels } from '#electron/repositories/submitted-labels.repository.ts';

export interface ProjectsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  /** How many of a project's tasks are in each state. */
  countTasksByState(db: ReadDb, projectId: string): Map<TaskState, number>;
  /** The working day under way, on which terms and bars are looked up. */
  today(): Day;
}

type GivenOfProject = Pick<Project, 'name' | 'client' | 'intermediary' | 'modality' | 'labels' | 'archived'>;

/** Projects, their pay terms and their accuracy bar. */
export function createProjectsService(
  deps: ProjectsDeps,
): Handlers<
  'projects.list' | 'projects.get' | 'projects.create' | 'projects.change' | 'projects.setTerms' | 'projects.setBar'
> {
  const { db, ledger, clock } = deps;
  const now = (): Instant => new Date(clock.now()).toISOString();

  return {
    'projects.list': ({ archived }) => ({
      projects: listProjects(db.read, archived ?? false).map((row) => {
        const counts = deps.countTasksByState(db.read, row.id);
        const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
        return {
          ...projectFromRow(db.read, row, deps.today()),
          taskCounts: { total, submitted: counts.get('submitted') ?? 0, drafted: counts.get('drafted') ?? 0 },
        };
      }),
    }),

    'projects.get': ({ projectId }) => requireProject(deps, db.read, projectId),

    'projects.create': (input) => {
      const projectId = deps.ids.uuid() as ProjectId;
      db.transaction((tx) => {
        refuseTakenName(tx, input.name, null);
        ledger.append(tx, [
          {
            kind: 'project.created',
            body: bodyOf({ ...input, archived: false }),
            occurredStart: now(),
            occurredEnd: null,
            source: 'stated',
            subjects: [projectId],
          },
        ]);
      });
      return { projectId };
    },

    'projects.change': ({ projectId, ...changes }) => {
      db.transaction((tx) => {
        const before = requireProject(deps, tx, projectId);
        const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        const after: GivenOfProject = { ...before, ...given };
        if (!after.archived) refuseTakenName(tx, after.name, projectId);
        const missing = missingLabelInUse(after.labels, submittedLabels(tx, projectId));
        if (missing !== null) throw new AppError('projects/label-in-use', { key: missing });
        const body = bodyOf(after);
        if (JSON.stringify(body) === JSON.stringify(bodyOf(before))) return;
        ledger.append(tx, [
          {
            kind: 'project.changed',
            body,
            occurredStart: now(),
            occurredEnd: null,
            source: 'stated',
            subjects: [projectId],
          },
        ]);
      });
      return {};
    },

    'projects.setTerms': ({ projectId, terms }) => {
      db.transaction((tx) => {
        refuseUnknownProject(tx, projectId);
        ledger.append(tx, [
          {
            kind: 'terms.set',
            body: payTermsBody(projectId, terms),
            occurredStart: now(),
            occurredEnd: null,
            source: 'stated',
            subjects: [projectId],
          },
        ]);
      });
      return {};
    },

    'projects.setBar': ({ projectId, effectiveFrom, bar }) => {
      db.transaction((tx) => {
        refuseUnknownProject(tx, projectId);
        ledger.append(tx, [
          {
            kind: 'bar.set',
            body: { project: projectId, effective_from: effectiveFrom, bar },
            occurredStart: now(),
            occurredEnd: null,
            source: 'stated',
            subjects: [projectId],
          },
        ]);
      });
      return {};
    },
  };
}

function bodyOf(given: GivenOfProject): EntryBody<'project.created'> {
  const { client, intermediary, modality, labels, archived } = given;
  return { name: given.name.trim(), client, intermediary, modality, labels, archived };
}

function requireProject(deps: ProjectsDeps, db: ReadDb, projectId: ProjectId): Project {
  const row = findProject(db, projectId);
  if (row === undefined) throw new AppError('projects/not-found');
  return projectFromRow(db, row, deps.today());
}

function refuseUnknownProject(db: ReadDb, projectId: ProjectId): void {
  if (!projectExists(db, projectId)) throw new AppError('projects/not-found');
}

/** @throws AppError `projects/name-taken` when another project that is not archived has a name that compares equal */
function refuseTakenName(db: ReadDb, name: string, except: ProjectId | null): void {
  const key = projectNameKey(name);
  if (key === '') throw new AppError('host/bad-input', { path: 'name', problem: 'blank' });
  if (findProjectNamed(db, key, except) !== undefined) throw new AppError('projects/name-taken', { name });
}
