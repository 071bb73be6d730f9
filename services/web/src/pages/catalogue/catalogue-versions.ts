import { findDifferences } from "@signalbox/catalogue";
import { catalogueRows, catalogueVersionOf, catalogueVersions } from "@signalbox/db";
import { idOf } from "../../api/query.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { differencesShown } from "./catalogue-differences.ts";
import { differencesOut, versionsOut } from "./catalogue-out.ts";

const VERSIONS_A_PAGE = 50;
const VERSIONS_TAKEN_AWAY = 10_000;
const DIFFERENCES_SHOWN = 5000;

interface OneVersion {
  Params: { version: string };
  Querystring: { file?: unknown; page?: unknown; as?: unknown };
}

/** /catalogue/versions: every load of the catalogue, by whom, and what it changed cell by cell. */
export const catalogueVersionPages: PagesOf = (app, { db }, pages) => {
  app.get<{ Querystring: { page?: unknown; as?: unknown } }>("/catalogue/versions", async (request, reply) => {
    const as = formatAsked(request.query.as);
    if (as !== null) {
      const all = await catalogueVersions(db, { offset: 0, limit: VERSIONS_TAKEN_AWAY });
      return sendTable(reply, versionsOut(all.versions), as);
    }
    const page = pageAsked(request.query.page);
    const { versions, total } = await catalogueVersions(db, {
      offset: (page - 1) * VERSIONS_A_PAGE,
      limit: VERSIONS_A_PAGE,
    });
    const paged = pageOf(total, { page, size: VERSIONS_A_PAGE, address: "/catalogue/versions?" });
    return pages.show(request, reply, { template: "catalogue-versions", context: { versions, paged } });
  });

  app.get<OneVersion>("/catalogue/versions/:version", async (request, reply) => {
    const id = idOf(request.params.version);
    const version = id === null || id > 2_147_483_647 ? null : await catalogueVersionOf(db, id);
    if (version === null) {
      throw new Problem(404, "There is no such version of the catalogue. Choose one on the page of its versions.");
    }
    const [ended, begun, inForce] = await Promise.all([
      catalogueRows(db, { endedBy: version.version }),
      catalogueRows(db, { begunBy: version.version }),
      catalogueRows(db, "in-force"),
    ]);
    // Values are written by their metric's unit, which the version itself may have changed.
    const metrics = [...inForce.metrics, ...ended.metrics];
    const differences = findDifferences(
      { rows: ended, metrics, protocol: ended.protocol },
      { rows: begun, metrics: [...metrics, ...begun.metrics], protocol: begun.protocol },
      DIFFERENCES_SHOWN,
    );
    const as = formatAsked(request.query.as);
    if (as !== null) return sendTable(reply, differencesOut(`catalogue version ${version.version}`, differences), as);
    const address = addressWith(`/catalogue/versions/${version.version}`, {});
    const context = { version, ...differencesShown(differences, request.query, address) };
    return pages.show(request, reply, { template: "catalogue-version", context });
  });
};
