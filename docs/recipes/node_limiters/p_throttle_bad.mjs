// p-throttle as its first example has it: the minute's limit alone, and all of it at once.
import pThrottle from "p-throttle";
import { fetchCarelessly, ids, scaled, write } from "./kondado.mjs";

const throttled = pThrottle({ limit: 20, interval: scaled(60_000) })(fetchCarelessly);
await Promise.all(ids.map(async (id) => write(id, await throttled(id))));
