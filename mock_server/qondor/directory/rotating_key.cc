#include "mock_server/qondor/directory/rotating_key.h"

#include <algorithm>
#include <utility>

namespace kondor::qondor {

bool IsSubscriptionKey(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kVariant = "89ab";
  return text.size() == 32 && text.find_first_not_of(kHex) == std::string_view::npos &&
         text[12] == '4' && kVariant.find(text[16]) != std::string_view::npos;
}

std::vector<std::string> RotatingKey::Replace(std::string key, TimePoint at) {
  std::vector<std::string> forgotten;
  // What is asked for later wins: the keys it overtakes on their way never work.
  while (!coming_.empty() && coming_.back().at >= at) {
    Retire({std::move(coming_.back().key), {}}, forgotten);
    coming_.pop_back();
  }
  coming_.push_back({std::move(key), at});
  return forgotten;
}

std::vector<std::string> RotatingKey::Settle(TimePoint now) {
  std::vector<std::string> forgotten;
  std::size_t arrived = 0;
  while (arrived < coming_.size() && coming_[arrived].at <= now) {
    Retire({std::exchange(current_, std::move(coming_[arrived].key)), coming_[arrived].at},
           forgotten);
    ++arrived;
  }
  coming_.erase(coming_.begin(), coming_.begin() + static_cast<std::ptrdiff_t>(arrived));
  return forgotten;
}

RotatingKey::Standing RotatingKey::Of(std::string_view key) const {
  if (key == current_) return Standing::kWorks;
  if (std::any_of(coming_.begin(), coming_.end(), [&](const Coming& c) { return c.key == key; })) {
    return Standing::kNotYet;
  }
  const bool retired = std::any_of(retired_.begin(), retired_.end(),
                                   [&](const Retired& old) { return old.key == key; });
  return retired ? Standing::kRetired : Standing::kUnknown;
}

std::optional<TimePoint> RotatingKey::TurnOf(std::string_view key) const {
  for (const Coming& coming : coming_) {
    if (coming.key == key) return coming.at;
  }
  for (const Retired& old : retired_) {
    if (old.key == key) return old.at;
  }
  return {};
}

std::optional<TimePoint> RotatingKey::newest_from() const {
  return coming_.empty() ? std::nullopt : std::optional(coming_.back().at);
}

std::vector<std::string> RotatingKey::All() const {
  std::vector<std::string> all = {current_};
  for (const Retired& old : retired_) all.push_back(old.key);
  for (const Coming& coming : coming_) all.push_back(coming.key);
  return all;
}

void RotatingKey::Retire(Retired key, std::vector<std::string>& forgotten) {
  retired_.push_back(std::move(key));
  if (retired_.size() <= kRetiredKept) return;
  forgotten.push_back(std::move(retired_.front().key));
  retired_.erase(retired_.begin());
}

}  // namespace kondor::qondor
