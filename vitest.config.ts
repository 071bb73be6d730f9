import { defineConfig } from "vitest/config";

/** Tests of formats that take their time: whole published files, threads, texts of a million characters. */
const files = [
  "national/*.test.ts",
  "workbook/published-workbooks.test.ts",
  "in-worker/*.test.ts",
  "marked-file/*.test.ts",
  "template-reading/{any-table,long-cells}.test.ts",
].map((name) => `packages/formats/src/${name}`);

/** Packages whose tests need no server: `npx vitest run --project unit` answers in seconds. */
const unit = ["domain", "catalogue", "charts", "formats", "mail", "config", "log"].map(
  (name) => `packages/${name}/src/**/*.test.ts`,
);

/** Tests that start processes, browsers or threads, or change what a whole process has: each file in a process of its own. */
const processes = [
  "packages/{embedded,queues}/src/**/*.test.ts",
  "services/{cli,ingestion}/src/**/*.test.ts",
  "infra/**/*.test.ts",
  "test/{*,browser/*,chaos/*,hostile/*,architecture/*}.test.ts",
];

const servers = { globalSetup: "test/harness/global-setup.ts", testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Pure code leaves nothing behind that the next file could trip over, so the files of a thread share their modules.
      { extends: true, test: { name: "unit", include: unit, exclude: files, pool: "threads", isolate: false } },
      { extends: true, test: { name: "files", include: files, testTimeout: 60_000 } },
      { extends: true, test: { name: "processes", include: processes, ...servers } },
      {
        extends: true,
        test: {
          name: "services",
          include: ["packages/*/src/**/*.test.ts", "services/*/src/**/*.test.ts", "{test,seeds}/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...unit, ...files, ...processes],
          // Each file has a database of its own and closes what it opened; the modules it needs are read once a worker.
          isolate: false,
          ...servers,
        },
      },
    ],
  },
});
