// One environment of one sandbox: Qondor behind its gateway. It knows no keys and no limits; time
// is passed in. Thread-safe: many calls read at once, one writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "mock_server/http/message.h"
#include "mock_server/http/query.h"
#include "mock_server/qondor/backend/backend_seed.h"
#include "mock_server/qondor/backend/event.h"
#include "mock_server/qondor/backend/verdict.h"
#include "mock_server/qondor/contract/contract.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

struct BackendAnswer {
  http::Response response;
  Outcome outcome = Outcome::kOk;  // kFailed for 4xx
  std::string_view code;  // "VALIDATION", "NOT_FOUND", "BUSINESS_RULE"; empty when all is well
  std::string about;      // of a refusal: the fields at fault, or those that name what is not there
  std::vector<Event> events;
};

class Backend {
 public:
  // No seed is the default one, which then is read at the first use of any environment.
  Backend(Environment environment, std::shared_ptr<const BackendSeed> seed);

  BackendAnswer Answer(const Route& route, const http::Query& query, const http::Request& request,
                       TimePoint now, const QondorSettings& settings);

  // What happens in Qondor's own pages, where no operation reaches: a customer is written to about
  // an offer. Nothing when there is no such offer.
  std::optional<Event> CommentOnOffer(std::int64_t offer_id, std::string_view text, TimePoint now);

  void Reset();  // back to the seed

  // Everything there is, as text: equal when nothing has changed.
  std::string Dump() const;
  std::size_t bytes() const;

 private:
  BackendAnswer Read(const Operation& operation, const Input& input, UnknownId reading) const;
  BackendAnswer Write(const Operation& operation, const Input& input, TimePoint now,
                      UnknownId reading);

  const Environment environment_;
  const std::shared_ptr<const BackendSeed> seed_;

  mutable SharedMutex mutex_;
  std::unique_ptr<Store> store_ KONDOR_GUARDED_BY(mutex_);  // never null
};

}  // namespace kondor::qondor
