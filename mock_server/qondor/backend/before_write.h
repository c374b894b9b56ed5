// What of an entity follows from the rest of it only in Qondor's own way, worked out while the call
// can still be refused: the "before_write" of api.json.
// Thread-safe: pure functions of the store, under the backend's lock.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/qondor/backend/pending.h"

namespace kondor::qondor {

struct Planned {
  const Store& store;
  const Contract& contract;
  const Input& input;
  std::int32_t self = 0;  // the id of the entity; 0: it is new
};

// Fills in what follows for the entity and those in its lists, or says what would be too much.
void BeforeWrite(const Planned& planned, Pending& pending, Verdict& verdict);
// Whether there is something of that name to do.
bool IsBeforeWrite(std::string_view name);

enum class OutPrices { kStay, kScale };

// A new rate makes the prices in this currency cost more or less.
struct NewRate {
  std::int32_t currency = 0;
  Scalar former, now;
  OutPrices out_prices = OutPrices::kStay;
};
struct Repriced {
  std::vector<std::pair<std::int32_t, Record>> prices;  // by their ids
  bool fits = true;                                     // a .NET decimal holds all of it
};
Repriced Reprice(const Store& store, const Contract& contract, const NewRate& rate);
// UpdateOfferCurrency's flag; nobody else has it.
OutPrices OutPricesOf(const Input& input);

}  // namespace kondor::qondor
