-- Marks a claim as done: 1, or 0 where there is none.
-- KEYS: the claim
-- ARGV: key, beginning of the keys of the platforms' pending claims
local old = redis.call('HMGET', KEYS[1], 'done', 'platform')
if old[1] then
  return 1
end
if not old[2] then
  return 0
end
redis.call('HSET', KEYS[1], 'done', 1)
redis.call('HDEL', KEYS[1], 'until', 'holder', 'platform', 'payload')
redis.call('ZREM', ARGV[2] .. old[2], ARGV[1])
return 1
