// Bottleneck has no rolling window: its reservoir refills all at once. So it keeps a distance that no
// reading of the limits refuses, one call in 3.2 s (KO1), and one at a time.
import Bottleneck from "bottleneck";
import { fetchAll, fetchStatus, scaled } from "./kondado.mjs";

const limiter = new Bottleneck({ maxConcurrent: 1, minTime: scaled(3_200) });
await fetchAll(limiter.wrap(fetchStatus));
