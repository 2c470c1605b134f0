-- Press the button behind a mail's link: a line of the pool is number, address of the link, the try that it shows.
dofile("tests/bench/load.lua")
expected = 303

function make(line)
  local line_number, path, shown = line:match("^(%d+)\t(%S+)\t(%S+)$")
  return wrk.format("POST", path, headers_of(tonumber(line_number)), "shown=" .. shown)
end
