-- Send the petition's form: a line of the pool is number, address of the form, ticket, what a browser worked out.
dofile("tests/bench/load.lua")
expected = 303

function make(line)
  local line_number, path, ticket, answer = line:match("^(%d+)\t(%S+)\t(%S+)\t(%S+)$")
  local body = "first_name=Essai&last_name=Essai-" .. line_number .. "&email=essai-" .. line_number
    .. "%40example.org&country=FR&postcode=75011&agree_sign=on&ticket=" .. ticket .. "&altcha=" .. answer
  return wrk.format("POST", path, headers_of(tonumber(line_number)), body)
end
