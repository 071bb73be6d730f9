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
import {
  findTemplate,
  loadTemplates,
  type Problem,
  readInWorker,
  type ReadResult,
  type Template,
} from "@signalbox/formats";
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

/** A file as it was sent: all that reading goes by. */
export type SentFile = Pick<UploadDraft, "filename" | "mediaType" | "template" | "bytes">;

/** Reads files as they would be read if they counted, and keeps nothing of it. */
export interface Previews {
  readonly templates: ReadonlyMap<string, Template>;
  readonly readCatalogue: (db: Parts["db"]) => Promise<CurrentCatalogue | null>;
  /** What a draft would do. */
  of(draft: UploadDraft): Promise<Previewed>;
  /** What a file says, whoever sent it. */
  read(file: SentFile): Promise<ReadResult>;
}

/** Opens the templates and what is known of the catalogue, once an app. */
export async function openPreviews({ db, clock }: Pick<Parts, "db" | "clock">): Promise<Previews> {
  const templates = await loadTemplates();
  const readCatalogue = catalogueReader();
  const readGoals = keptByVersion(lowestGoals);
  const read: Previews["read"] = async ({ bytes, filename, mediaType, template }) => {
    const catalogue = await readCatalogue(db);
    const named = template === null ? null : findTemplate(templates, template);
    return readInWorker({
      bytes,
      filename,
      mediaType,
      templates: named === null ? [...templates.values()] : [named],
      named: named !== null,
      metrics: catalogue?.metrics ?? new Map(),
      now: dayOf(await clock.now()).toString(),
      lowestGoals: await readGoals(db),
    });
  };
  return {
    templates,
    readCatalogue,
    read,
    async of(draft) {
      const [catalogue, result] = await Promise.all([readCatalogue(db), read(draft)]);
      const own = ownRows(result.rows, { organisation: draft.organisation, catalogue });
      const issued = result.issued ?? dayOf(await clock.now()).toString();
      const changes = await previewChanges(db, own.rows(), { issued, limit: ROWS_SHOWN });
      const refused = result.refused + own.refused;
      return {
        catalogue,
        status: own.count === 0 ? "rejected" : refused > 0 ? "partly-accepted" : "accepted",
        rows: { read: result.read, refused, repeated: result.unchanged },
        problems: [...result.problems, ...own.problems].toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0)),
        changes,
      };
    },
  };
}
