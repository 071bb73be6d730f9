import { catalogueReader, type CurrentCatalogue, findMeeting, type MeetingInTurn } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { seesMeetingsOf } from "../../meetings/who-may.ts";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { agendaPages } from "./agenda.ts";
import { cancellingPages } from "./cancelling.ts";
import { decidingPages } from "./deciding.ts";
import { decisionPages } from "./decision.ts";
import { enteringPages } from "./entering.ts";
import { meetingList } from "./meeting-list.ts";

/** What the pages of meetings share. */
export interface MeetingPages extends Parts {
  readonly pages: Pages;
  catalogueInForce(): Promise<CurrentCatalogue>;
  /** The meeting that an address names, where its reader sees it; throws Problem 404 otherwise. */
  theMeeting(request: FastifyRequest<{ Params: { id: string } }>): Promise<MeetingInTurn>;
}

/** /meetings and all below it. */
export const meetingPages: PagesOf = async (app, parts, pages) => {
  const readCatalogue = catalogueReader();
  const of: MeetingPages = {
    ...parts,
    pages,
    async catalogueInForce() {
      const catalogue = await readCatalogue(parts.db);
      if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so no forum meets.");
      return catalogue;
    },
    async theMeeting({ params, caller }) {
      const id = idOf(params.id);
      const meeting = id === null ? null : await findMeeting(parts.db, id);
      if (meeting === null || !seesMeetingsOf(caller, meeting.forum))
        throw new Problem(404, `There is no meeting ${params.id} that you may see.`);
      return meeting;
    },
  };
  meetingList(app, of);
  await enteringPages(app, of);
  agendaPages(app, of);
  decidingPages(app, of);
  cancellingPages(app, of);
  decisionPages(app, of);
};

/** The text of a form's field, NULs and lists left out. */
export function fieldIn(body: unknown, name: string): string {
  const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : "";
}
