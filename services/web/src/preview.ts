import {
  catalogueReader,
  type CurrentCatalogue,
  keptByVersion,
  lowestGoals,
  type Preview,
  previewChanges,
  type UploadDraft,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { findTemplate, loadTemplates, type Problem, readSubmission, type Template } from "@signalbox/formats";
import { ownRows } from "@signalbox/formats/own-rows";
import type { Parts } from "./parts.ts";

/** How many rows of what would change a page shows. */
export const ROWS_SHOWN = 500;

/** What a file would do if it counted now. */
export interface Previewed {
  readonly catalogue: CurrentCatalogue | null;
  readonly status: "accepted" | "partly-accepted" | "rejected";
  readonly rows: { readonly read: number; readonly refused: number; readonly repeated: number };
  /** All of them, in the file's order. */
  readonly problems: readonly Problem[];
  readonly changes: Preview;
}

/** Reads files as they would be read if they counted, and keeps nothing of it. */
export interface Previews {
  readonly templates: ReadonlyMap<string, Template>;
  readonly readCatalogue: (db: Parts["db"]) => Promise<CurrentCatalogue | null>;
  of(draft: UploadDraft): Promise<Previewed>;
}

/** Opens the templates and what is known of the catalogue, once an app. */
export async function openPreviews({ db, clock }: Pick<Parts, "db" | "clock">): Promise<Previews> {
  const templates = await loadTemplates();
  const readCatalogue = catalogueReader();
  const readGoals = keptByVersion(lowestGoals);
  return {
    templates,
    readCatalogue,
    async of(draft) {
      const catalogue = await readCatalogue(db);
      const today = dayOf(await clock.now()).toString();
      const named = draft.template === null ? null : findTemplate(templates, draft.template);
      const { bytes, filename, mediaType, organisation } = draft;
      const result = await readSubmission({
        bytes,
        filename,
        mediaType,
        templates: named === null ? [...templates.values()] : [named],
        named: named !== null,
        metrics: catalogue?.metrics ?? new Map(),
        now: today,
        lowestGoals: await readGoals(db),
      });
      const own = ownRows(result.rows, { organisation, catalogue });
      const changes = await previewChanges(db, own.rows(), { issued: result.issued ?? today, limit: ROWS_SHOWN });
      const refused = result.refused + own.refused;
      return {
        catalogue,
        status: own.count === 0 ? "rejected" : refused > 0 ? "partly-accepted" : "accepted",
        rows: { read: result.read, refused, repeated: result.unchanged },
        problems: [...result.problems, ...own.problems],
        changes,
      };
    },
  };
}
