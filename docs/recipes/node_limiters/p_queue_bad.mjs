// p-queue with a concurrency, which is not a rate.
import PQueue from "p-queue";
import { fetchCarelessly, ids, write } from "./kondado.mjs";

const queue = new PQueue({ concurrency: 4 });
await queue.addAll(ids.map((id) => async () => write(id, await fetchCarelessly(id))));
