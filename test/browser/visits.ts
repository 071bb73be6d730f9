import { makeSignInLink } from "@signalbox/db";
import type { Page } from "playwright-core";
import type { Pipeline } from "../harness/pipeline.ts";

/** One look at a page: who looks, where, and what they did there before it is looked at. */
export interface Visit {
  /** Somebody of the demo's catalogue; null for nobody. */
  readonly as: string | null;
  readonly path: string | ((demo: Pipeline) => Promise<string>);
  /** Brings the page into another state: a form sent wrong, something opened. */
  readonly act?: (page: Page) => Promise<void>;
}

export const SLT_CHAIR = "margaret.adair@example.org";
export const OWNER = "colin.brandt@example.org";
export const SUBMITTER = "ian.harper@example.org";
export const OPERATOR = "sam.fielding@example.org";

const caseOf =
  (metric: string, organisation: string) =>
  async ({ db }: Pipeline): Promise<string> => {
    const { id } = await db
      .selectFrom("escalation")
      .select("id")
      .where("metric", "=", metric)
      .where("organisation", "=", organisation)
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    return `/escalations/${id}`;
  };

const caseOfConcern =
  (concern: "reporting" | "several-areas") =>
  async ({ db }: Pipeline): Promise<string> => {
    const { id } = await db
      .selectFrom("escalation")
      .select("id")
      .where("concern", "=", concern)
      .executeTakeFirstOrThrow();
    return `/escalations/${id}`;
  };

const press = (name: string) => async (page: Page) => {
  await page.locator("main").getByRole("button", { name }).first().click();
  await page.waitForLoadState();
};

const idOf =
  (path: string, read: (demo: Pipeline) => Promise<{ id: number | string }>) =>
  async (demo: Pipeline): Promise<string> =>
    path.replace(":id", String((await read(demo)).id));

const lastMail = ({ db }: Pipeline) =>
  db
    .selectFrom("mail")
    .select("id")
    .where("kind", "=", "digest")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();

/** The file with a row that was refused. */
const partlyAccepted = ({ db }: Pipeline) =>
  db
    .selectFrom("submission")
    .select("id")
    .where("status", "=", "partly-accepted")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();

const FILE_WITH_PROBLEMS = `period,organisation,metric,value
2026-10,STH,handover-60,187
2026-10,STH,handover-6,187
2026-10,STH,cancer-62d,many
`;

/** Uploads a file with two problems, and stays at its preview. */
const upload = async (page: Page) => {
  const buffer = Buffer.from(FILE_WITH_PROBLEMS);
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "october.csv", mimeType: "text/csv", buffer });
  await press("Check the file")(page);
};

/** Looks at each page that people read, by the pattern of its route, in the states that it may be in. */
export const visits: Readonly<Record<string, readonly Visit[]>> = {
  "/": [
    { as: null, path: "/" },
    { as: SLT_CHAIR, path: "/" },
    { as: OWNER, path: "/" },
    { as: SUBMITTER, path: "/" },
    { as: OPERATOR, path: "/" },
  ],
  "/sign-in": [
    { as: null, path: "/sign-in" },
    { as: null, path: "/sign-in", act: press("Mail me a link") },
  ],
  "/sign-in/:token": [
    { as: null, path: async ({ db }) => `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}` },
    { as: null, path: "/sign-in/used-before" },
  ],
  "/api/docs": [{ as: null, path: "/api/docs" }],
  "/account": [{ as: SLT_CHAIR, path: "/account" }],
  "/operations": [{ as: OPERATOR, path: "/operations" }],
  "/operations/sessions": [{ as: OPERATOR, path: "/operations/sessions" }],
  "/submissions": [
    { as: SUBMITTER, path: "/submissions" },
    { as: OPERATOR, path: "/submissions?periods=12" },
  ],
  "/submissions/received": [{ as: SUBMITTER, path: "/submissions/received" }],
  "/submissions/upload": [
    { as: SUBMITTER, path: "/submissions/upload" },
    { as: SUBMITTER, path: "/submissions/upload", act: press("Check the file") },
  ],
  "/submissions/upload/:id": [{ as: SUBMITTER, path: "/submissions/upload", act: upload }],
  "/submissions/type": [
    { as: SUBMITTER, path: "/submissions/type" },
    { as: SUBMITTER, path: "/submissions/type?organisation=STH&period=2026-10" },
    { as: SUBMITTER, path: "/submissions/type?organisation=STH&period=2026-10", act: press("Check the figures") },
  ],
  "/submissions/:id": [{ as: OPERATOR, path: idOf("/submissions/:id", partlyAccepted) }],
  "/returns/:organisation/:frequency/:day/:month": [{ as: SUBMITTER, path: "/returns/STH/monthly/10/2026-10" }],
  "/mail": [{ as: null, path: "/mail" }],
  "/mail/:id": [{ as: null, path: idOf("/mail/:id", lastMail) }],
  "/escalations": [
    { as: SLT_CHAIR, path: "/escalations" },
    { as: OWNER, path: "/escalations" },
  ],
  "/escalations/:id": [
    { as: SLT_CHAIR, path: caseOf("ae-12h", "FNH") },
    { as: OPERATOR, path: caseOf("falls", "FNH") },
    { as: OPERATOR, path: caseOfConcern("reporting") },
    { as: OPERATOR, path: caseOfConcern("several-areas") },
  ],
};

/** Routes that are answered with no page: files, redirects, pictures; and pages that are not ours, each with its reason. */
export const notPages: Readonly<Record<string, string>> = {
  "/assets/*": "styles, scripts and letters",
  "/metrics": "for Prometheus",
  "/series/:metric/:organisation/chart.png": "a picture",
  "/submissions/upload/:id/problems.csv": "a file",
  "/submissions/:id/marked.csv": "a file",
  "/submissions/:id/marked.xlsx": "a file",
  "/mail/:id/html": "a mail's own HTML, in a frame of /mail/:id; test/words and packages/mail look after it",
  "/mail/:id/raw": "a mail as it was sent",
  "/sign-in/oidc": "leads to the provider",
  "/operations/queues*": "bull-board's own pages, which have faults of their own (docs/decisions/0010-libraries.md)",
};
