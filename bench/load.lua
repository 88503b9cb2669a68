-- wrk: signed webhooks from a file, one "signature<TAB>body" a line, each sent once while they last.
local requests = {}
local position = 0

function init(args)
    for line in io.lines(args[1]) do
        local signature, body = line:match("^(%S+)\t(.*)$")
        local headers = { ["content-type"] = "application/json", ["x-line-signature"] = signature }
        requests[#requests + 1] = wrk.format("POST", "/line/webhook", headers, body)
    end
end

function request()
    position = position % #requests + 1
    return requests[position]
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format(
        'RESULT {"requests": %d, "seconds": %.6f, "failed": %d, "p50": %.3f, "p99": %.3f, "max": %.3f}\n',
        summary.requests, summary.duration / 1e6, failed,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
