import { join } from "node:path";
import { expect, test } from "vitest";
import { boundaryFaults } from "../../tools/boundaries.ts";
import { sources, workspaces } from "../../tools/sources.ts";

const root = join(import.meta.dirname, "..", "..");
const NAMES = new Map(["domain", "db", "queues"].map((name) => [`@signalbox/${name}`, `packages/${name}`]));
NAMES.set("@signalbox/web", "services/web").set("@signalbox/cli", "services/cli");

test("no import of the project crosses a boundary", () => {
  const files = sources(root);
  expect(files.length).toBeGreaterThan(50);
  expect(boundaryFaults(files, workspaces(root))).toEqual([]);
});

test("a check that finds nothing to check does not pass", () => {
  expect(() => boundaryFaults([], NAMES)).toThrow("no import was found");
});

test.each([
  ["packages/db/src/a.ts", "@signalbox/web", "packages do not import services"],
  ["services/web/src/a.ts", "@signalbox/cli", "services do not import each other; services/cli composes them"],
  ["packages/domain/src/a.ts", "@signalbox/db", "domain imports nothing of ours"],
  ["packages/domain/src/a.ts", "node:fs", "domain imports zod alone"],
  ["packages/db/src/a.ts", "../../queues/src/queue.ts", "another folder is imported by its name, @signalbox/…"],
  ["services/web/src/a.ts", "bullmq", "only packages/queues/src/bullmq.ts, test/ may import bullmq"],
  ["services/web/src/a.ts", "pg", "may import pg"],
])("%s may not import %s", (path, specifier, reason) => {
  expect(boundaryFaults([{ path, text: `import { a } from "${specifier}";` }], NAMES).join()).toContain(reason);
});

test.each([
  ["services/cli/src/start.ts", "@signalbox/web"],
  ["services/web/src/a.ts", "@signalbox/db"],
  ["packages/db/src/a.ts", "@signalbox/domain"],
  ["packages/domain/src/a.ts", "zod"],
  ["packages/domain/src/a.test.ts", "fast-check"],
  ["packages/queues/src/bullmq.ts", "bullmq"],
  ["packages/queues/src/a.test.ts", "../../../test/harness/redis.ts"],
  ["packages/queues/src/testing/a.ts", "../../../../test/harness/redis.ts"],
])("%s may import %s", (path, specifier) => {
  expect(boundaryFaults([{ path, text: `import { a } from "${specifier}";` }], NAMES)).toEqual([]);
});

test.each([
  'export * from "bullmq";',
  'import "bullmq";',
  'await import("bullmq")',
  'import type { Job }\n  from "bullmq";',
])("an import is seen however it is written: %s", (text) => {
  expect(boundaryFaults([{ path: "services/web/src/a.ts", text }], NAMES)).toHaveLength(1);
});
