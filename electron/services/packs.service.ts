import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { maxPackBytes, packText, parsePack } from '#shared/codecs/packs.codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { ProjectPack } from '#shared/contract/projects.contract.ts';
import type { GuidelineId, ProjectId, RulingId, SegmentId } from '#shared/domain/ids.ts';
import type { Day, Instant } from '#shared/domain/time.ts';
import { projectNameKey } from '#shared/rules/projects.rules.ts';
import { payTermsBody } from '#shared/rules/pay-terms.rules.ts';
import { draftExport } from '#electron/core/export-file.ts';
import { exportTarget } from '#electron/core/export-target.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { guidelineFromRow, listGuidelines } from '#electron/repositories/guidelines.repository.ts';
import { findProject, findProjectNamed, projectFromRow } from '#electron/repositories/projects.repository.ts';
import { listRulings, rulingFromRow } from '#electron/repositories/rulings.repository.ts';
import { listSegments, segmentFromRow } from '#electron/repositories/segments.repository.ts';

export interface PacksDeps {
  /** Never written into. */
  dataDir: string;
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  /** The working day under way: the bar in force on it is handed on, and a bar taken in holds from it. */
  today(): Day;
}

/** Project packs: labels, rules, terms and bar as a file that can be handed on; no persons, no media. */
export function createPacksService(deps: PacksDeps): Handlers<'packs.export' | 'packs.preview' | 'packs.import'> {
  const { db, ledger } = deps;

  return {
    'packs.export': async ({ projectId, path: asked, overwrite }) => {
      const pack = packOf(deps, projectId);
      const path = await exportTarget(deps.dataDir, asked, overwrite);
      const bytes = Buffer.from(packText(pack));
      const draft = draftExport(path, bytes, overwrite);
      try {
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        db.transaction((tx) => {
          ledger.recordExport(tx, {
            what: 'pack',
            format: 'counterledger-pack',
            file_name: basename(path),
            file_hash: createHash('sha256').update(bytes).digest('hex'),
            counts: countsOf(pack),
            subjects: [projectId],
          });
          draft.publish();
        });
      } catch (error) {
        draft.discard();
        throw error;
      }
      return { path, bytes: bytes.length };
    },

    'packs.preview': ({ path }) => readPack(path).pack,

    'packs.import': ({ path, name }) => {
      const { pack, hash } = readPack(path);
      refuseFuture(pack, path, deps.clock.now());
      const projectId = deps.ids.uuid() as ProjectId;
      db.transaction((tx) => {
        const key = projectNameKey(name);
        if (key === '') throw new AppError('host/bad-input', { path: 'name', problem: 'blank' });
        if (findProjectNamed(tx, key, null) !== undefined) throw new AppError('projects/name-taken', { name });
        ledger.append(tx, draftsOf(deps, projectId, pack, { name, hash, fileName: basename(path) }));
      });
      return { projectId };
    },
  };
}

/** What of a project a pack carries. Guidelines and rulings go oldest first, so that taking them in keeps their order. */
function packOf(deps: PacksDeps, projectId: ProjectId): ProjectPack {
  const db: ReadDb = deps.db.read;
  const row = findProject(db, projectId);
  if (row === undefined) throw new AppError('projects/not-found');
  const { name, modality, labels, terms, bar } = projectFromRow(db, row, deps.today());
  return {
    format: 'counterledger-pack',
    version: 1,
    project: { name, modality, labels },
    terms,
    bar,
    segments: listSegments(db, projectId).map((segment) => ({ name: segmentFromRow(segment).name })),
    guidelines: listGuidelines(db, projectId)
      .toReversed()
      .map(guidelineFromRow)
      .map(({ version, text, effectiveFrom, receivedAt, rules }) => ({
        version,
        text,
        effectiveFrom,
        receivedAt,
        rules,
      })),
    rulings: listRulings(db, projectId)
      .toReversed()
      .map(rulingFromRow)
      .map(({ question, answer, askedOf, answeredAt }) => ({ question, answer, askedOf, answeredAt })),
  };
}

const countsOf = (pack: ProjectPack): Record<string, number> => ({
  labels: pack.project.labels.length,
  terms: pack.terms.length,
  segments: pack.segments.length,
  guidelines: pack.guidelines.length,
  rulings: pack.rulings.length,
});

/** A pack file as bytes are: read at once, but only when it is a file of a size a pack can have. */
function readPack(path: string): { pack: ProjectPack; hash: string } {
  if (!isAbsolute(path)) throw new AppError('files/not-found', { path });
  const bytes = readBytes(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('packs/unreadable', { path, place: 'file', problem: 'not-utf-8' });
  }
  const parsed = parsePack(text);
  if ('failed' in parsed) throw new AppError('packs/unreadable', { path, ...parsed.failed });
  return { pack: parsed.pack, hash: createHash('sha256').update(bytes).digest('hex') };
}

function readBytes(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
    if (stats.size > maxPackBytes)
      throw new AppError('packs/unreadable', { path, place: 'file', problem: 'too-large' });
    return readFileSync(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('files/not-found', { path });
    throw new AppError('files/unreadable', { path, problem: code ?? 'unknown' });
  }
}

/** Nothing can have been received or answered later than now. */
function refuseFuture(pack: ProjectPack, path: string, now: number): void {
  const dates: [string, Instant][] = [
    ...pack.guidelines.map((item, i): [string, Instant] => [`guidelines.${i}.receivedAt`, item.receivedAt]),
    ...pack.rulings.map((item, i): [string, Instant] => [`rulings.${i}.answeredAt`, item.answeredAt]),
  ];
  const late = dates.find(([, at]) => Date.parse(at) > now);
  if (late) throw new AppError('packs/unreadable', { path, place: late[0], problem: 'in-the-future' });
}

/** The entries that make a project of a pack, to be written as one group. */
function draftsOf(
  deps: PacksDeps,
  project: ProjectId,
  pack: ProjectPack,
  file: { name: string; hash: string; fileName: string },
): AnyEntryDraft[] {
  const now = new Date(deps.clock.now()).toISOString();
  const common = { occurredEnd: null, source: 'imported' } as const;
  const own = { ...common, occurredStart: now, subjects: [project] } as const;
  const { modality, labels } = pack.project;
  const body = { name: file.name.trim(), client: null, intermediary: null, modality, labels, archived: false };
  return [
    { ...own, kind: 'project.created', body },
    ...pack.terms.map((terms): AnyEntryDraft => ({ ...own, kind: 'terms.set', body: payTermsBody(project, terms) })),
    ...(pack.bar === null
      ? []
      : [{ ...own, kind: 'bar.set', body: { project, effective_from: deps.today(), bar: pack.bar } } as const]),
    ...pack.segments.map(({ name }): AnyEntryDraft => ({
      ...own,
      kind: 'segment.created',
      body: { project, name },
      subjects: [deps.ids.uuid() as SegmentId, project],
    })),
    ...pack.guidelines.map(({ version, text, effectiveFrom, receivedAt, rules }): AnyEntryDraft => ({
      ...common,
      kind: 'guideline.received',
      body: {
        project,
        version,
        text,
        effective_from: effectiveFrom,
        channel: null,
        announced_by: null,
        rules,
        attachments: [],
      },
      occurredStart: receivedAt,
      subjects: [deps.ids.uuid() as GuidelineId, project],
    })),
    ...pack.rulings.map(({ question, answer, askedOf, answeredAt }): AnyEntryDraft => ({
      ...common,
      kind: 'ruling.given',
      body: { project, guideline: null, question, answer, asked_of: askedOf },
      occurredStart: answeredAt,
      subjects: [deps.ids.uuid() as RulingId, project],
    })),
    { ...own, kind: 'pack.imported', body: { project, pack_hash: file.hash, file_name: file.fileName } },
  ];
}
