// Who may import whom (docs/architecture.md): services → packages → domain.
import { dirname, join, normalize, sep } from "node:path";

/** One source file: its path from the root, and what it says. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Packages from npm that only these places may import. A folder ends in a slash. */
const ONLY_IN: Record<string, readonly string[]> = {
  bullmq: ["packages/queues/src/bullmq.ts", "test/"],
  ioredis: ["packages/queues/src/redis.ts", "test/"],
  kysely: ["packages/db/", "test/"],
  pg: ["packages/db/", "packages/embedded/", "packages/queues/src/postgres.ts", "test/", "infra/"],
  "pg-copy-streams": ["packages/db/", "test/bench/"],
  nodemailer: ["packages/mail/", "test/"],
};

/** The launcher alone composes the services; the harness and the bench run them as it does. */
const COMPOSES_SERVICES = ["services/cli/", "test/", "infra/", "seeds/"];

const IMPORT = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|\bimport\.meta\.resolve\s*\()\s*["']([^"'\n]+)["']/g;

/** A folder called testing holds what the tests beside it share. */
const isTest = (path: string): boolean =>
  path.endsWith(".test.ts") || path.startsWith("test/") || path.includes("/testing/");
const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith("/") ? path.startsWith(place) : path === place));
const slashes = (path: string): string => path.split(sep).join("/");

/** The workspace folder a path is in: packages/db, services/web, test, seeds, … */
function folderOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "packages" || first === "services" ? `${first}/${second}` : first;
}

/** The npm package that a specifier names: "@fastify/view/x" is of "@fastify/view". */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function faultOfOurs(path: string, to: string): string | null {
  const from = folderOf(path);
  if (to === from) return null;
  if (from === "packages/domain" && !isTest(path)) return "domain imports nothing of ours";
  if (from.startsWith("packages/") && to.startsWith("services/")) return "packages do not import services";
  if (to.startsWith("services/") && !within(path, COMPOSES_SERVICES))
    return "services do not import each other; services/cli composes them";
  return null;
}

function faultOfRelative(path: string, specifier: string): string | null {
  const to = folderOf(slashes(normalize(join(dirname(path), specifier))));
  const from = folderOf(path);
  if (to === from || isTest(path)) return null;
  if (within(path, COMPOSES_SERVICES) && to.startsWith("seeds")) return null; // `start --demo` loads the demo.
  const crosses = [from, to].some((folder) => folder.startsWith("packages/") || folder.startsWith("services/"));
  return crosses ? "another folder is imported by its name, @signalbox/…" : null;
}

function faultOfNpm(path: string, specifier: string): string | null {
  const name = packageOf(specifier);
  if (folderOf(path) === "packages/domain" && !isTest(path) && name !== "zod") return "domain imports zod alone";
  const places = ONLY_IN[name];
  if (places && !within(path, places) && !path.endsWith(".test.ts"))
    return `only ${places.join(", ")} may import ${name}`;
  return null;
}

/**
 * Every import that crosses a boundary, as `path: specifier: reason`. `workspaces` says in which folder each of our names
 * lives. Throws when there is nothing to look at: a check that looked at no import has not passed.
 */
export function boundaryFaults(sources: readonly Source[], workspaces: ReadonlyMap<string, string>): string[] {
  let seen = 0;
  const faults: string[] = [];
  for (const { path, text } of sources) {
    for (const [, specifier = ""] of text.matchAll(IMPORT)) {
      seen += 1;
      const ours = workspaces.get(packageOf(specifier));
      const fault = specifier.startsWith(".")
        ? faultOfRelative(path, specifier)
        : ours === undefined
          ? faultOfNpm(path, specifier)
          : faultOfOurs(path, ours);
      if (fault !== null) faults.push(`${path}: ${specifier}: ${fault}`);
    }
  }
  if (seen === 0) throw new Error("no import was found in any file: the check is broken");
  return faults;
}
