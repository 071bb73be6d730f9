import type { Pipeline } from "../../harness/pipeline.ts";
import { ADMINISTRATOR, give, OBSERVER, OPERATOR, press, SUBMITTER, type Visits } from "./visit.ts";

const mailWith =
  (what: "a picture" | "none") =>
  async ({ db }: Pipeline): Promise<string> => {
    const mails = await db.selectFrom("mail").select(["id", "raw"]).where("kind", "!=", "sign-in").execute();
    const found = mails.findLast(({ raw }) => raw?.includes("image/png") === (what === "a picture"));
    if (found === undefined) throw new Error(`No mail has ${what} in it.`);
    return `/mail/${found.id}`;
  };

const lastDraft = async ({ db }: Pipeline): Promise<string> => {
  const { id } = await db.selectFrom("catalogue_draft").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return `/catalogue/drafts/${id}`;
};

/** Files of a catalogue with something wrong in a cell, with nothing new, and with a person more. */
const FORUMS_AS_THEY_STAND = `code,name,tier,parent
slt,System Leadership Team,slt,
uec,Urgent and Emergency Care Board,board,slt
elec,Elective Care Board,board,slt
mh,Mental Health Board,board,slt
pac,Primary and Community Board,board,slt
qs,Quality and Safety Board,board,slt
`;
const FORUMS_WRONG = FORUMS_AS_THEY_STAND.replace("board,slt", "committee,stl");
const FORUMS_RENAMED = FORUMS_AS_THEY_STAND.replace("Elective Care Board", "Planned Care Board");
const upload = (forums: string) => give("Files", { "forums.csv": forums }, "Check the files");

export const operating: Visits = {
  "/operations": [
    { as: OPERATOR, path: "/operations" },
    { as: SUBMITTER, path: "/operations", status: 403 },
    { as: null, path: "/operations", status: 401, shows: "come back to this page" },
  ],
  "/operations/sessions": [
    { as: OPERATOR, path: "/operations/sessions" },
    { as: OPERATOR, path: "/operations/sessions?person=nobody" },
  ],
  "/audit": [
    { as: OPERATOR, path: "/audit" },
    { as: OBSERVER, path: "/audit?action=signed-in&from=2020-01-01" },
    { as: OPERATOR, path: "/audit?actor=nobody@example.org" },
    { as: OPERATOR, path: "/audit?from=yesterday", status: 400 },
  ],
  "/mail": [{ as: null, path: "/mail" }],
  "/mail/:id": [
    { as: null, path: mailWith("a picture") },
    { as: null, path: mailWith("none") },
    { as: null, path: "/mail/999999999", status: 404 },
  ],
  "/catalogue": [{ as: ADMINISTRATOR, path: "/catalogue" }],
  "/catalogue/files/:file": [
    { as: ADMINISTRATOR, path: "/catalogue/files/plans.csv?page=2" },
    { as: ADMINISTRATOR, path: "/catalogue/files/people.csv?q=harper" },
    { as: ADMINISTRATOR, path: "/catalogue/files/people.csv?q=there-is-none" },
    { as: ADMINISTRATOR, path: "/catalogue/files/protocol.json" },
  ],
  "/catalogue/upload": [
    { as: ADMINISTRATOR, path: "/catalogue/upload" },
    { as: ADMINISTRATOR, path: "/catalogue/upload", act: press("Check the files"), shows: "There is a problem" },
    { as: ADMINISTRATOR, path: "/catalogue/upload", act: upload(FORUMS_WRONG), shows: "The catalogue has problems" },
    { as: ADMINISTRATOR, path: "/catalogue/upload", act: upload(FORUMS_AS_THEY_STAND), shows: "Nothing would change" },
    { as: ADMINISTRATOR, path: "/catalogue/upload", act: upload(FORUMS_RENAMED), shows: "What would change" },
  ],
  "/catalogue/drafts/:id": [
    { as: ADMINISTRATOR, path: lastDraft, act: press("Load this catalogue"), shows: "The catalogue is loaded" },
    { as: ADMINISTRATOR, path: "/catalogue/drafts/999999", status: 404 },
  ],
  "/catalogue/versions": [{ as: ADMINISTRATOR, path: "/catalogue/versions" }],
  "/catalogue/versions/:version": [
    { as: ADMINISTRATOR, path: "/catalogue/versions/1" },
    { as: ADMINISTRATOR, path: "/catalogue/versions/2" },
  ],
};
