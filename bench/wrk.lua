-- What each connection of a crowd does, for wrk. The environment says how long one waits between an answer and the next request, on
-- average; what a request is before and after the number that no other one has.

local wait = tonumber(os.getenv('CROWD_WAIT_MS'))
local before = os.getenv('CROWD_BEFORE')
local after = os.getenv('CROWD_AFTER')
local count = tonumber(os.getenv('CROWD_FIRST'))

if wait > 0 then
  -- At any time as likely as at any other: callers of their own do not come all at once.
  function delay()
    return math.random(0, 2 * wait)
  end
end

function request()
  count = count + 1
  return before .. string.format('%012d', count) .. after
end

function done(summary)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(
    string.format(
      '{"answers":%d,"refused":%d,"seconds":%f,"broken":%d}\n',
      summary.requests,
      errors.status,
      summary.duration / 1e6,
      broken
    )
  )
end
