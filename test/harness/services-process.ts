import { runServices, type ServiceName } from "./running-services.ts";
import { testConfig } from "./test-config.ts";

/** A process of its own that runs services until it is told to stop, or killed; started by worker-processes.ts. */
const { DATABASE_URL = "", QUEUE_URL = "", SERVICES = "" } = process.env;
const running = await runServices(
  testConfig({ ...process.env, DATABASE_URL, QUEUE_URL }),
  SERVICES.split(",") as ServiceName[],
);
process.on("message", (message) => {
  if (message === "peak") process.send?.({ peak: process.resourceUsage().maxRSS * 1024 });
  if (message === "stop") void running.close().then(() => process.exit(0));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ address: running.address });
