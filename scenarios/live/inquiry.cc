#include "scenarios/live/inquiry.h"

#include <algorithm>
#include <utility>

namespace kondor::live {
namespace {

// The call of a probe that has nothing left to ask.
constexpr const char* kUsualPath = "/parent_collections/dest";

bool Suits(const Check& check, Who who) {
  if (check.host != Host::kK2) return false;
  if (who == Who::kGood) return check.is_plain;
  return who == Who::kBad && (check.who == Presented::kMissing ||
                              check.who == Presented::kUnknown || check.who == Presented::kWrong);
}

Presented UsualOf(Who who) {
  return who == Who::kGood     ? Presented::kOurs
         : who == Who::kSecond ? Presented::kSecond
                               : Presented::kUnknown;
}

bool IsOurs(const Check& check) {
  return check.who == Presented::kOurs || check.who == Presented::kSecond;
}

bool IsRefused(const Answered& answered, ErrorKind kind) {
  return answered.refusal && answered.refusal->kind == kind;
}

// Whether it tells something only of a key that is good in its usual place (G4).
bool HangsOnOurs(const Check& check) {
  return check.who == Presented::kInQuery || check.who == Presented::kBothPlaces;
}

}  // namespace

char LetterOf(const Answered& answered, Who who) {
  if (!answered.refusal) return '+';
  switch (answered.refusal->kind) {
    case ErrorKind::kRateLimited:
      return '-';
    case ErrorKind::kCredentials:
      return who == Who::kBad ? '!' : '-';
    case ErrorKind::kNotFound:
    case ErrorKind::kPlan:
      return who == Who::kBad ? '!' : '+';
    default:
      // In place of an ordinary answer, nobody knows what it is: a refusal in other words.
      return who == Who::kBad ? '!' : '-';
  }
}

Inquiry::Inquiry(Lines& lines, std::vector<Check> checks, Ids ids, Expected expected)
    : lines_(lines), named_(ids), ids_(std::move(ids)), expected_(std::move(expected)) {
  for (Check& check : checks) {
    if (check.is_refusal) {
      refusal_ = std::move(check);
    } else {
      asked_.push_back({std::move(check)});
    }
  }
  std::stable_partition(asked_.begin(), asked_.end(),
                        [](const Asked& one) { return !HangsOnOurs(one.check); });
}

int Inquiry::CallsNeeded() const {
  return static_cast<int>(std::ranges::count_if(
      asked_, [](const Asked& asked) { return !asked.done && !Suits(asked.check, Who::kGood); }));
}

Inquiry::Asked* Inquiry::Next(Who who) {
  for (Asked& asked : asked_) {
    std::string missing;
    if (!asked.done && Suits(asked.check, who) && Filled(asked.check.request, ids_, &missing)) {
      return &asked;
    }
  }
  return nullptr;
}

Answered Inquiry::Carry(TimePoint at, Who who) {
  Asked* const asked = Next(who);
  std::string missing;
  const client::Request request = asked == nullptr ? client::Request{.path = kUsualPath}
                                                   : *Filled(asked->check.request, ids_, &missing);
  const Presented presented = asked == nullptr ? UsualOf(who) : asked->check.who;
  Answered answered = lines_.AskAt(at, Host::kK2, request, presented);
  if (!answered.response) return answered;
  if (LetterOf(answered, who) == '-') {
    JudgeRefusal(*answered.response);
  } else if (asked != nullptr) {
    Take(*asked, request, answered);
  }
  return answered;
}

void Inquiry::JudgeRefusal(const client::Response& response) {
  if (!refusal_) return;
  std::string missing;
  const auto request = Filled(refusal_->request, ids_, &missing);
  JudgeAnswer(*refusal_, request.value_or(refusal_->request), response, ids_, expected_, findings_);
}

std::string Inquiry::DoubtAbout(const Check& check, const Answered& answered) const {
  if (IsRefused(answered, ErrorKind::kCredentials)) {
    if (IsOurs(check)) return "the credentials are not taken there: " + answered.refusal->code;
    if (HangsOnOurs(check) && !taking_ours_.contains(check.host)) {
      return "nothing has shown that the key is taken in its usual place";
    }
  }
  if (!IsRefused(answered, ErrorKind::kNotFound)) return {};
  for (const auto& [name, value] : named_) {
    const std::string field = std::string("{$").append(name).append("}");
    if (name != "environment" && check.request.path.find(field) != std::string::npos) {
      return "the vendor knows no " + name + " " + value;
    }
  }
  return {};
}

void Inquiry::Take(Asked& asked, const client::Request& request, const Answered& answered) {
  asked.done = true;
  answering_.insert(asked.check.host);
  if (IsOurs(asked.check) && !IsRefused(answered, ErrorKind::kCredentials)) {
    taking_ours_.insert(asked.check.host);
  }
  if (answered.response->status >= 500) {
    return GiveUp(asked.check, "it was answered with " + std::to_string(answered.response->status) +
                                   ": an outage tells nothing of the rules");
  }
  if (const std::string doubt = DoubtAbout(asked.check, answered); !doubt.empty()) {
    return GiveUp(asked.check, doubt);
  }
  LearnIds(asked.check, answered.response->body, ids_);
  JudgeAnswer(asked.check, request, *answered.response, ids_, expected_, findings_);
}

void Inquiry::GiveUp(const Check& check, const std::string& why) {
  for (const Part& part : check.parts) {
    Finding finding;
    finding.why = why;
    findings_.Add(part.rule, std::move(finding));
  }
}

bool Inquiry::Ask(Asked& asked, TimePoint until) {
  std::string missing;
  const auto request = Filled(asked.check.request, ids_, &missing);
  if (!request) return false;
  asked.done = true;
  const Host host = asked.check.host;
  if (const auto silent = silent_.find(host); silent != silent_.end()) {
    GiveUp(asked.check, silent->second);
    return true;
  }
  const bool first = !answering_.contains(host);
  const Answered answered = lines_.Ask(host, *request, asked.check.who, until);
  if (!answered.response) {
    if (const std::string why = lines_.meter().WhyStopped(); !why.empty()) {
      GiveUp(asked.check, why);
      return true;
    }
    const bool went_out = answered.sent != TimePoint();
    if (went_out && !answering_.contains(host)) silent_[host] = answered.why;
    GiveUp(asked.check, answered.why);
    return true;
  }
  if (answered.refused > 0) {
    // Tried again, it may have been answered: then what the refusal said is gone.
    if (IsRefused(answered, ErrorKind::kRateLimited)) JudgeRefusal(*answered.response);
    Finding finding;
    finding.verdict = first ? Verdict::kNotChecked : Verdict::kDiffers;
    finding.call = NameOf(asked.check, *request);
    finding.why = first
                      ? "the first call was refused already, for what was called before this run: "
                        "wait two minutes, and run it again"
                      : "refused though nothing was asked for more often than is published: "
                        "either the limits are stricter, or somebody else calls with the same "
                        "key or address";
    findings_.Add(asked.check.host == Host::kQondor ? "Q7" : "K4", std::move(finding));
  }
  if (answered.refusal && answered.refusal->kind == ErrorKind::kRateLimited) {
    GiveUp(asked.check, "refused for the limits");
    return true;
  }
  Take(asked, *request, answered);
  return true;
}

void Inquiry::AskAll(TimePoint until) {
  bool asked_any = true;
  while (asked_any) {  // an answer may have told what another call is about
    asked_any = false;
    for (Asked& asked : asked_) {
      if (!asked.done) asked_any = Ask(asked, until) || asked_any;
    }
  }
  for (const Asked& asked : asked_) {
    std::string missing;
    if (asked.done || Filled(asked.check.request, ids_, &missing)) continue;
    std::string why = "no " + missing;
    why += " is known: name one with --" + missing;
    if (const std::string stopped = lines_.meter().WhyStopped(); !stopped.empty()) why = stopped;
    const auto silent = silent_.find(asked.check.host);
    GiveUp(asked.check, silent == silent_.end() ? why : silent->second);
  }
}

}  // namespace kondor::live
