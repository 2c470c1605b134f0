-- What all scenarios share: send for so many seconds, each request from a line of the pool of its own, then wait for
-- the last answers. wrk alone would cut what is in flight at its end, and nobody could say whether its row was written.
-- A scenario's script sets `expected` (a status) and `make` (a line of the pool, or nil -> one request). One thread.
local ffi = require "ffi"
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } bench_moment;
  int clock_gettime(int clock, bench_moment *moment);
  int getpid(void);
  int kill(int process, int signal);
]]
local MONOTONIC, SIGINT = 1, 2
local moment = ffi.new("bench_moment")

local function now()
  ffi.C.clock_gettime(MONOTONIC, moment)
  return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

-- In wrk's own state, before its thread starts.
local the_thread
function setup(thread)
  the_thread = thread
end

-- In the thread's state.
sent, answered, good, ran_out, first_sent, last_answered = 0, 0, 0, 0, 0, 0
local lines, seconds, ends, looked_at

function init(args)
  seconds = tonumber(args[1])
  if args[2] then lines = io.lines(args[2]) end
end

local function stop_when_all_is_answered()
  if answered == sent then
    wrk.thread:stop()
    ffi.C.kill(ffi.C.getpid(), SIGINT)  -- wrk's way to end before its time
  end
end

function request()
  if not looked_at then
    looked_at = true  -- wrk looks at one request before it starts, and doesn't send it
    return wrk.format("GET", "/health/live")
  end
  local moment_now = now()
  if not ends then first_sent, ends = moment_now, moment_now + seconds end
  local line
  if moment_now < ends and lines then
    line = lines()
    if not line then ran_out, ends = 1, moment_now end
  end
  if moment_now >= ends then
    stop_when_all_is_answered()
    return ""  -- the connection stays silent
  end
  sent = sent + 1
  return make(line)
end

function response(status)
  answered, last_answered = answered + 1, now()
  if status == expected then good = good + 1 end
  if last_answered >= ends then stop_when_all_is_answered() end
end

-- In wrk's own state, after the thread has ended.
function done(summary, latency)
  local function told(name) return the_thread:get(name) end
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"sent": %d, "answered": %d, "good": %d, "ran_out": %d, "seconds": %.6f, '
      .. '"connect": %d, "read": %d, "write": %d, "timeout": %d, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f}\n',
    told("sent"), told("answered"), told("good"), told("ran_out"), told("last_answered") - told("first_sent"),
    errors.connect, errors.read, errors.write, errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end

-- Each request is a connection of its own: kept ones may all land on one of the site's two processes.
function headers_of(line_number)
  local headers = { Connection = "close" }
  if line_number then
    -- As browsers send; each signer from a network of their own, told by the trusted proxy.
    headers["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port
    headers["Sec-Fetch-Site"] = "same-origin"
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    headers["X-Forwarded-For"] = string.format("%d.%d.%d.7",
      11 + math.floor(line_number / 65536), math.floor(line_number / 256) % 256, line_number % 256)
  end
  return headers
end
