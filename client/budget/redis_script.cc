#include "client/budget/redis_script.h"

namespace kondor::limiter {

// Three keys, all of one hash slot: what is known of the log, the log itself, and until when whose
// calls are believed to be somebody's. It answers {status, now, life, first, next, memory,
// event...}: the events that the caller does not know yet, after `memory` if it has to begin anew.
// A life is what no event is missing from; with another one, events were lost. Instants are
// microseconds.
const std::string_view kRedisScript = R"lua(
local state, log, leases = KEYS[1], KEYS[2], KEYS[3]
local what, run, uptime, rest, ttl = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local new_life, pretended = ARGV[6], ARGV[7]
local known_life, known_first, known_next = ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10])
local wish, call, text = ARGV[11], ARGV[12], ARGV[13]
local turn, patience, in_line, latest = tonumber(ARGV[14]), tonumber(ARGV[15]), ARGV[16], tonumber(ARGV[17])
local lease, wait_lease = tonumber(ARGV[18]), tonumber(ARGV[19])

local s = redis.call('HMGET', state, 'what', 'life', 'first', 'next', 'last', 'shift', 'run')
if s[1] and s[1] ~= what then return {'what', s[1]} end
local life, first, next = s[2], tonumber(s[3]), tonumber(s[4])
local last, shift, old_run = tonumber(s[5]), tonumber(s[6]), s[7]
local lost = false
if not life or redis.call('LLEN', log) ~= next - first then
  lost = life and true
  life, first, next, last, shift, old_run = new_life, 1, 1, 0, 0, false
  redis.call('DEL', state, log, leases)
  redis.call('HSET', state, 'what', what, 'life', life, 'first', first, 'next', next, 'last', 0, 'shift', 0)
elseif known_life == life and known_next > next then
  lost, life = true, new_life
  redis.call('HSET', state, 'life', life)
end

-- The server's clock may be set back: then time goes on from where it was.
local now
if pretended ~= '' then
  now = tonumber(pretended)
else
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
now = now + shift
if now < last then
  shift = shift + last - now
  now = last
  redis.call('HSET', state, 'shift', string.format('%.0f', shift))
end

local added = {}
local function add(event) added[#added + 1] = string.format('%.0f ', now) .. event end

-- Before the server was started, or after, others may have gone by other books.
if old_run ~= run then
  if uptime < rest then lost = true end
  redis.call('HSET', state, 'run', run)
end
if lost then add('M 0') end
local gone = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 100)
for _, dead in ipairs(gone) do
  add('G ' .. dead)
  redis.call('ZREM', leases, dead)
end

local status = 'done'
local current = known_life == life and known_first == first and known_next == next and #added == 0
if wish == 'E' then
  if not current then
    status = 'stale'
  elseif latest and now > latest then
    status = 'jump'
  elseif turn and now >= turn then
    status = 'taken'
    add('T ' .. call)
    redis.call('ZADD', leases, now + lease, call)
    redis.call('PEXPIRE', leases, ttl)
  elseif patience > 0 and (not turn or turn - now <= patience) then
    status = 'waiting'
    if in_line == '' then add('J ' .. call) end
    redis.call('ZADD', leases, now + wait_lease, call)
    redis.call('PEXPIRE', leases, ttl)
  elseif in_line ~= '' then
    add('G ' .. call)
    redis.call('ZREM', leases, call)
  end
elseif wish == 'S' then
  add('S ' .. call .. ' ' .. text)
  redis.call('ZREM', leases, call)
elseif wish == 'G' then
  add('G ' .. call)
  redis.call('ZREM', leases, call)
elseif wish == 'M' then
  add('M 0')
elseif wish == 'C' and current then
  first = next
  redis.call('DEL', log)
  redis.call('HSET', state, 'memory', text, 'first', first)
end

if #added > 0 then
  redis.call('RPUSH', log, unpack(added))
  local before = next
  next = next + #added
  redis.call('HSET', state, 'next', next, 'last', string.format('%.0f', now))
  -- Not each time: a list that was emptied for a checkpoint has forgotten when it was to go.
  if before == first or math.floor(before / 64) ~= math.floor(next / 64) then
    for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ttl) end
  end
end
if known_life ~= life or known_first ~= first then
  local memory = redis.call('HGET', state, 'memory') or ''
  return {status, now, life, first, next, memory, redis.call('LRANGE', log, 0, -1)}
end
if known_next + #added == next then return {status, now, life, first, next, '', added} end
return {status, now, life, first, next, '', redis.call('LRANGE', log, known_next - first, -1)}
)lua";

}  // namespace kondor::limiter
