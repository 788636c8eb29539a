-- What each connection does, for wrk. WRK_WAIT_MS: the average pause between a response and the next request. WRK_BEFORE and
-- WRK_AFTER: the request before and after a number that is different in each request, beginning behind WRK_FIRST.

local wait = tonumber(os.getenv('WRK_WAIT_MS'))
local before = os.getenv('WRK_BEFORE')
local after = os.getenv('WRK_AFTER')
local count = tonumber(os.getenv('WRK_FIRST'))
local is_distinct = os.getenv('WRK_DISTINCT') == '1'

if wait > 0 then
  -- Independent clients do not send at the same moment: every pause up to twice the average is as likely as any other.
  function delay()
    return math.random(0, 2 * wait)
  end
end

function request()
  if is_distinct then count = count + 1 end
  return before .. string.format('%012d', count) .. after
end

function done(summary)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(
    string.format(
      '{"responses":%d,"refused":%d,"seconds":%f,"broken":%d}\n',
      summary.requests,
      errors.status,
      summary.duration / 1e6,
      broken
    )
  )
end
