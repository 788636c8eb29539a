-- Requests with keys in rotation, for wrk. LOAD_BEFORE and LOAD_AFTER: the request before and after the key. LOAD_FORM: the key's
-- printf format. LOAD_FIRST, LOAD_COUNT: the keys. LOAD_START: how many of them to skip. LOAD_SECONDS: no request is sent later than
-- this. Once all LOAD_CONNECTIONS have their last response, it prints `idle`, and wrk is to be interrupted.

local ffi = require('ffi')
ffi.cdef('typedef struct { long seconds; long nanoseconds; } time_t; int clock_gettime(int, time_t *);')

local MONOTONIC = 1
local NEVER_MS = 3600 * 1000

local before = os.getenv('LOAD_BEFORE')
local after = os.getenv('LOAD_AFTER')
local form = os.getenv('LOAD_FORM')
local first = tonumber(os.getenv('LOAD_FIRST'))
local count = tonumber(os.getenv('LOAD_COUNT'))
local at = tonumber(os.getenv('LOAD_START'))
local seconds = tonumber(os.getenv('LOAD_SECONDS'))
local time = ffi.new('time_t')
local connections = tonumber(os.getenv('LOAD_CONNECTIONS'))
local idle = 0
local load_thread

-- Globals of a thread, read when it is done.
started = nil
ended = nil

local function now()
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function setup(thread)
  load_thread = thread
end

-- Called before each request of a connection, which is after the response to the one before.
function delay()
  local current = now()
  started = started or current
  ended = current
  if current < started + seconds then return 0 end
  idle = idle + 1
  if idle == connections then
    io.write('idle\n')
    io.flush()
  end
  return NEVER_MS
end

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
      (load_thread:get('ended') or 0) - (load_thread:get('started') or 0),
      errors.status,
      errors.connect + errors.read + errors.write + errors.timeout,
      latency:percentile(50) / 1e3,
      latency:percentile(99) / 1e3
    )
  )
end
