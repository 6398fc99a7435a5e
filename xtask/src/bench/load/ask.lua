-- Each thread asks one target, request after request; `targets` stands above.

local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
   thread.addr = wrk.lookup(targets[threads][1], targets[threads][2])[1]
end

local asked = 0
local run = os.time()

function request()
   local requests = targets[number][3]
   local method, path, headers, body = unpack(requests[asked % #requests + 1])
   asked = asked + 1
   if body then
      body = body:gsub("{n}", run .. "-" .. number .. "-" .. asked)
   end
   return wrk.format(method, path, headers, body)
end

function done(summary, latency)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format("measured %d %d %d %.0f %.0f\n", summary.requests, failed, summary.duration,
      latency:percentile(50), latency:percentile(99)))
end
