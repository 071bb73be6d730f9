import type { ApiClient, TestFile } from "../harness/api-client.ts";
import { waitUntil } from "../harness/wait-until.ts";

/** A program that submits files in order; one that is not answered 202 it submits again. Resolves to the ids it was answered. */
export async function submitUntilTaken(api: ApiClient, files: readonly TestFile[]): Promise<string[]> {
  const taken: string[] = [];
  for (const file of files) {
    const answered = async (): Promise<boolean> => {
      try {
        taken.push((await api.submit(file)).id);
        return true;
      } catch {
        return false; // The web service is away, or its database: it is asked again.
      }
    };
    await waitUntil(`${file.filename} is taken`, answered, { within: 60_000 });
  }
  return taken;
}
