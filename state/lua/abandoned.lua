-- Takes pending claims whose lease ran out: key, payload and what is left of its
-- keep in ms, for each.
-- KEYS: the platform's pending claims
-- ARGV: beginning of the claims' keys, new holder, how many at most, lease in ms
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local out = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local claim = ARGV[1] .. key
  local payload = redis.call('HGET', claim, 'payload')
  local left = redis.call('PTTL', claim)
  if payload and left > 0 then
    redis.call('HSET', claim, 'until', now + ARGV[4], 'holder', ARGV[2])
    redis.call('ZADD', KEYS[1], now + ARGV[4], key)
    table.insert(out, key)
    table.insert(out, payload)
    table.insert(out, left)
  else
    -- It has expired.
    redis.call('ZREM', KEYS[1], key)
  end
end
return out
