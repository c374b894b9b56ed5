// Query strings: no input may crash the parser, make it grow its input or contradict itself.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mock_server/http/query.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kondor::fuzz::Require;
  using kondor::http::Query;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);

  const Query query(raw);
  Require(query.pairs().size() <= Query::kPairsMax);
  std::size_t bytes = 0;
  for (const Query::Pair& pair : query.pairs()) {
    bytes += pair.name.size() + pair.value.size();
    Require(query.First(pair.name) != nullptr);
    Require(query.Count(pair.name) >= 1);
  }
  Require(bytes <= raw.size());
  return 0;
}
