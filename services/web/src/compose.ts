import { buildApp } from "./app.ts";
import type { GivenParts, Overrides } from "./parts.ts";

/** Serves the API and the pages at HOST and PORT. `close` ends connections that are still open. */
export async function compose(
  parts: GivenParts,
  overrides: Overrides = {},
): Promise<{ address: string; close(): Promise<void> }> {
  const app = await buildApp(parts, overrides);
  try {
    const { host, port } = parts.config;
    const address = await app.listen({ host, port });
    return { address, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}
