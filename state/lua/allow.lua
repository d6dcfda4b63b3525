-- Counts an event in a window: 1 within the limit, 0 beyond it.
-- KEYS: the counter
-- ARGV: events, window in ms
local n = tonumber(redis.call('GET', KEYS[1]) or '0')
if n >= tonumber(ARGV[1]) then
  return 0
end
if redis.call('INCR', KEYS[1]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
