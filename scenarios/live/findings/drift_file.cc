#include "scenarios/live/findings/drift_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <system_error>
#include <utility>

#include "scenarios/data/object_reader.h"
#include "scenarios/report/report.h"

namespace kondor::live {
namespace {

using scenarios::Faults;
using scenarios::Json;
using scenarios::Node;
using scenarios::ObjectReader;

constexpr std::string_view kFormat = "kondor-drift 1";

Remembered ReadOne(const Node& node, Faults& faults) {
  static const std::regex date("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  Remembered one;
  std::string verdict;
  ObjectReader reader(node, faults);
  reader.Need("at");
  if (reader.Text("at", one.at) && !std::regex_match(one.at, date)) {
    faults.Add(node.place, "\"at\" is no date like 2026-01-01T00:00:00Z");
  }
  reader.Need("verdict");
  if (reader.Text("verdict", verdict) && verdict != "holds" && verdict != "differs") {
    faults.Add(node.place, "\"verdict\" is holds or differs");
  }
  reader.Text("reading", one.reading);
  reader.Finish();
  one.verdict = verdict == "holds" ? Verdict::kHolds : Verdict::kDiffers;
  return one;
}

Result<std::string> ReadWhole(const std::string& path) {
  std::error_code ignored;
  const auto type = std::filesystem::status(path, ignored).type();
  if (type != std::filesystem::file_type::not_found &&
      type != std::filesystem::file_type::regular) {
    return Unexpected(ErrorKind::kUnavailable,
                      "the drift file " + path + " is no plain file; name one with --drift-file");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.is_open() && !file.bad()) return text;
  if (!file.is_open() && errno == ENOENT) return std::string();
  return Unexpected(ErrorKind::kUnavailable, "the drift file " + path + " cannot be read: " +
                                                 std::generic_category().message(errno));
}

// Of a date as DateOf() writes it.
TimePoint InstantOf(const std::string& date) {
  using std::chrono::sys_days;
  const auto number = [&](std::size_t at, std::size_t digits) {
    return std::atoi(date.substr(at, digits).c_str());
  };
  const std::chrono::year_month_day day(std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2))));
  return TimePoint(sys_days(day).time_since_epoch() + std::chrono::hours(number(11, 2)) +
                   std::chrono::minutes(number(14, 2)) + std::chrono::seconds(number(17, 2)));
}

}  // namespace

Result<DriftFile> DriftFile::Read(const std::string& path) {
  const Result<std::string> text = ReadWhole(path);
  if (!text) return Unexpected(text.error());
  DriftFile file;
  if (text->empty()) return file;
  const Result<Node> node = scenarios::ReadNode(*text, path);
  if (!node) return Unexpected(node.error());
  Faults faults{path};
  ObjectReader reader(*node, faults);
  std::string format;
  if (reader.Text("format", format); faults.none() && format != kFormat) {
    faults.Add(node->place,
               "is no drift file: \"format\" must be \"" + std::string(kFormat) + "\"");
  }
  const Node* const targets = reader.Object("targets");
  reader.Finish();
  for (const Node::Member& target : targets == nullptr ? Node{}.members : targets->members) {
    ObjectReader rules(target.value, faults);
    for (const Node::Member& rule : target.value.members) {
      const Node* const list = rules.Array(rule.key);
      for (const Node& one : list == nullptr ? Node{}.items : list->items) {
        file.Add(target.key, rule.key, ReadOne(one, faults));
      }
    }
  }
  if (faults.none()) return file;
  return Unexpected(ErrorKind::kInvalidArgument,
                    faults.lines.front() + "; mend it, or name another with --drift-file");
}

const Remembered* DriftFile::Last(const std::string& target, const std::string& rule) const {
  const auto known = targets_.find(target);
  if (known == targets_.end()) return nullptr;
  const auto list = known->second.find(rule);
  return list == known->second.end() || list->second.empty() ? nullptr : &list->second.back();
}

std::optional<TimePoint> DriftFile::LastAt(const std::string& target) const {
  const auto rules = targets_.find(target);
  if (rules == targets_.end()) return {};
  std::string last;
  for (const auto& [rule, list] : rules->second) {
    for (const Remembered& one : list) last = std::max(last, one.at);
  }
  if (last.empty()) return {};
  return InstantOf(last);
}

void DriftFile::Add(const std::string& target, const std::string& rule, Remembered remembered) {
  targets_[target][rule].push_back(std::move(remembered));
}

std::string DriftFile::Text() const {
  Json all = {{"format", kFormat}, {"targets", Json::object()}};
  for (const auto& [target, rules] : targets_) {
    for (const auto& [rule, list] : rules) {
      for (const Remembered& one : list) {
        Json entry = {{"at", one.at},
                      {"verdict", one.verdict == Verdict::kHolds ? "holds" : "differs"}};
        if (!one.reading.empty()) entry["reading"] = one.reading;
        all["targets"][target][rule].push_back(std::move(entry));
      }
    }
  }
  return all.dump(1) + "\n";
}

Result<void> Remember(const std::string& path, const std::string& target, const Findings& findings,
                      const std::string& at) {
  Result<DriftFile> file = DriftFile::Read(path);  // anew: somebody may have added to it
  if (!file) return Unexpected(file.error());
  for (const auto& [rule, finding] : findings.all()) {
    if (finding.verdict == Verdict::kNotChecked) continue;
    file->Add(target, rule, {at, finding.verdict, finding.reading});
  }
  return scenarios::WriteReport(path, file->Text());
}

std::string DateOf(TimePoint instant) {
  using std::chrono::floor;
  const auto seconds = floor<std::chrono::seconds>(instant.time_since_epoch());
  const std::chrono::sys_seconds time(seconds);
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace kondor::live
