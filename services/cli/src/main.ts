import { run } from "./run.ts";

/** A reader that goes away (`… | head`) has seen enough. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2));
// Everything is closed. What a library may keep running all the same must not keep the process: a worker that found no
// queue never lets a timer have its turn.
if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
