-- Read one address, again and again: the one that wrk was given.
dofile("tests/bench/load.lua")
expected = 200

function make()
  return wrk.format("GET", nil, headers_of())
end
