-- Takes or renews a claim: 1 taken, 2 pending, 3 done.
-- KEYS: the claim, its platform's pending claims
-- ARGV: key, platform, holder, payload, lease in ms, keep in ms
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local old = redis.call('HMGET', KEYS[1], 'done', 'until', 'holder')
if old[1] then
  return 3
end
if old[2] and tonumber(old[2]) > now and old[3] ~= ARGV[3] then
  return 2
end
local lease_end = now + ARGV[5]
redis.call('HSET', KEYS[1], 'until', lease_end, 'holder', ARGV[3], 'platform', ARGV[2], 'payload', ARGV[4])
if not old[2] then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
redis.call('ZADD', KEYS[2], lease_end, ARGV[1])
-- The set leaves with the last of its claims.
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[6]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
return 1
