import { defineConfig } from "vitest/config";

/** Packages whose tests need no server: `npx vitest run --project unit` answers in seconds. */
const unit = ["domain", "catalogue", "formats", "mail", "config", "log"].map(
  (name) => `packages/${name}/src/**/*.test.ts`,
);

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "unit", include: unit } },
      {
        extends: true,
        test: {
          name: "services",
          include: ["packages/*/src/**/*.test.ts", "services/*/src/**/*.test.ts", "{test,infra,seeds}/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...unit],
          globalSetup: "test/harness/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
