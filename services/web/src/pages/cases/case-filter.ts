import type { CaseFilter, CurrentCatalogue } from "@signalbox/db";

const CONCERNS = ["performance", "reporting", "several-areas"] as const;
const STATUSES = ["standing", "ended", "all"] as const;

/** What an address of the list of cases asks for; "" where it does not say. */
export interface AskedCases {
  readonly status: (typeof STATUSES)[number];
  readonly tier: "" | "slt" | "board";
  readonly forum: string;
  readonly area: string;
  readonly concern: "" | (typeof CONCERNS)[number];
  /** A code, or part of a name. */
  readonly organisation: string;
  readonly metric: string;
  readonly open: boolean;
  /** Only what stands before the forums of whoever asks. */
  readonly mine: boolean;
  readonly held: boolean;
  readonly page: number;
}

const LONGEST = 100;
const LAST_PAGE = 100_000;

/** Reads an address; what it does not understand it leaves out. */
export function askedCases(query: Readonly<Record<string, unknown>>): AskedCases {
  const text = (key: string): string => {
    const given = query[key];
    return typeof given === "string"
      ? given
          .replaceAll(/\p{Cc}/gu, "")
          .trim()
          .slice(0, LONGEST)
      : "";
  };
  const oneOf = <T extends string>(key: string, words: readonly T[]): T | "" =>
    words.find((word) => word === text(key)) ?? "";
  const page = Number(text("page"));
  return {
    status: oneOf("status", STATUSES) || (text("all") === "yes" ? "all" : "standing"),
    tier: oneOf("tier", ["slt", "board"]),
    forum: text("forum"),
    area: text("area"),
    concern: oneOf("concern", CONCERNS),
    organisation: text("organisation"),
    metric: text("metric"),
    open: text("open") === "yes",
    mine: text("mine") === "yes",
    held: text("held") === "yes",
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
  };
}

/** The address's query that asks for this; "" for what stands, its first page. */
export function queryOf({ status, open, mine, held, page, ...texts }: AskedCases): string {
  const query = new URLSearchParams();
  if (status !== "standing") query.set("status", status);
  for (const [key, text] of Object.entries(texts)) if (text !== "") query.set(key, text);
  if (open) query.set("open", "yes");
  if (mine) query.set("mine", "yes");
  if (held) query.set("held", "yes");
  if (page > 1) query.set("page", String(page));
  return query.toString();
}

/** What is asked for as the database understands it; names are looked up in the catalogue. */
export function filterOf(
  asked: AskedCases,
  { catalogue, seats }: { catalogue: CurrentCatalogue | null; seats: readonly string[] },
): Omit<CaseFilter, "sight" | "now"> {
  const { status, tier, forum, area, concern, organisation, metric, open, mine, held } = asked;
  return {
    standing: status === "all" ? undefined : status === "standing",
    tier: tier === "" ? undefined : tier,
    forum: forum === "" ? undefined : forum,
    forums: mine ? seats : undefined,
    area: area === "" ? undefined : area,
    concern: concern === "" ? undefined : concern,
    organisations: organisation === "" ? undefined : codesOf(organisation, catalogue?.organisations),
    metrics: metric === "" ? undefined : codesOf(metric, catalogue?.metrics),
    notAcknowledged: open,
    heldBack: held,
  };
}

/** The code itself where there is one, else the codes of all whose name has these words in it. */
function codesOf(text: string, known: ReadonlyMap<string, { readonly name: string }> | undefined): string[] {
  if (known === undefined || known.has(text)) return [text];
  const sought = text.toLowerCase();
  return [...known]
    .filter(([code, { name }]) => code.toLowerCase() === sought || name.toLowerCase().includes(sought))
    .map(([code]) => code);
}
