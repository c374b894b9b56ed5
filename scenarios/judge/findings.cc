#include "scenarios/judge/findings.h"

#include <array>

namespace kondor::judge {
namespace {

struct Row {
  FindingId id;
  std::string_view word;
  std::string_view title;
};

using enum FindingId;
constexpr std::array<Row, 12> kRows = {{
    {kOverLimit, "over_limit", "calls that were refused, and could have been made later"},
    {kRetriedTooSoon, "retried_too_soon", "calls sooner after a refusal than it said"},
    {kErrorTakenForData, "error_taken_for_data", "errors taken for data"},
    {kGaveUpEarly, "gave_up_early", "work left undone that could have been done"},
    {kCredentialsMisplaced, "credentials_misplaced", "credentials where the vendor does not look"},
    {kCredentialsLeaked, "credentials_leaked", "secrets where they do not belong"},
    {kDeadCredentialsReused, "dead_credentials_reused", "calls with credentials known to be dead"},
    {kNoSecondaryKey, "no_secondary_key", "the secondary key was not tried"},
    {kRepeatedUnsafeCall, "repeated_unsafe_call", "calls made twice that may be made once"},
    {kRetryStorm, "retry_storm", "failed calls repeated without a pause"},
    {kStarvedWorker, "starved_worker", "calls that others always came before"},
    {kEndedBadly, "ended_badly", "how the program ended"},
}};

const Row& RowOf(FindingId id) { return kRows[static_cast<std::size_t>(id)]; }

}  // namespace

std::string_view ToText(FindingId id) { return RowOf(id).word; }
std::string_view TitleOf(FindingId id) { return RowOf(id).title; }

}  // namespace kondor::judge
