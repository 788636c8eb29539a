-- Requests with keys in rotation, for wrk. LOAD_BEFORE and LOAD_AFTER: the request before and after the key. LOAD_FORM: the key's
-- printf format. LOAD_FIRST, LOAD_COUNT: the keys. LOAD_START: how many of them to skip.

local before = os.getenv('LOAD_BEFORE')
local after = os.getenv('LOAD_AFTER')
local form = os.getenv('LOAD_FORM')
local first = tonumber(os.getenv('LOAD_FIRST'))
local count = tonumber(os.getenv('LOAD_COUNT'))
local at = tonumber(os.getenv('LOAD_START'))

function request()
  local key = first + at % count
  at = at + 1
  return before .. string.format(form, key) .. after
end

function done(summary, latency)
  local errors = summary.errors
  io.write(
    string.format(
      '{"responses":%d,"seconds":%f,"refused":%d,"broken":%d,"p50Ms":%f,"p99Ms":%f}\n',
      summary.requests,
      summary.duration / 1e6,
      errors.status,
      errors.connect + errors.read + errors.write + errors.timeout,
      latency:percentile(50) / 1e3,
      latency:percentile(99) / 1e3
    )
  )
end
