// p-throttle, strict: without it, two windows' worth may go where they meet. One for each limit (K4),
// the second's inside, so that it has the last word on when a call goes.
import pThrottle from "p-throttle";
import { fetchAll, fetchStatus, scaled } from "./kondado.mjs";

const perSecond = pThrottle({ limit: 1, interval: scaled(1_500), strict: true });
const perMinute = pThrottle({ limit: 20, interval: scaled(62_000), strict: true });
await fetchAll(perMinute(perSecond(fetchStatus)));
