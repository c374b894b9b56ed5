// Bottleneck with a reservoir for the minute's limit, and nothing for the second's.
import Bottleneck from "bottleneck";
import { fetchCarelessly, ids, scaled, write } from "./kondado.mjs";

const limiter = new Bottleneck({
  reservoir: 20,
  reservoirRefreshAmount: 20,
  reservoirRefreshInterval: Math.max(250, Math.ceil(scaled(60_000) / 250) * 250), // as it demands
});
await Promise.all(ids.map(async (id) => write(id, await limiter.schedule(fetchCarelessly, id))));
await limiter.disconnect();
