#include "bench/strategies/timeline.h"

#include <algorithm>

namespace kondor::bench {
namespace {

constexpr std::size_t kPatternMax = 8;
constexpr std::int64_t kPoints = 1000;

std::string Base36(std::int64_t number) {
  std::string text;
  do {
    text.insert(text.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    number /= 36;
  } while (number > 0);
  return text;
}

std::int64_t ToInt(std::size_t number) { return static_cast<std::int64_t>(number); }

// A mark as it is drawn: how long after the one before, in units.
struct Step {
  std::int64_t units = 0;
  const Mark* mark = nullptr;
};

std::string WordOf(const Step& step) {
  const std::uint32_t letter = step.mark->worker * 2 + (step.mark->admitted ? 0 : 1);
  return (step.units == 0 ? "" : Base36(step.units)) + static_cast<char>('A' + letter);
}

// Writes marks one after the other, or as a repetition of the last where that is near enough.
class Writer {
 public:
  Writer(const std::vector<Mark>& marks, std::size_t size)
      : marks_(marks),
        size_(size),
        unit_(std::max<std::int64_t>(1, size == 0 ? 1 : marks[size - 1].tenths / kPoints)) {}

  std::string Write() {
    text_ = Base36(unit_) + ":";
    while (steps_.size() < size_) {
      std::size_t pattern = 0, times = 0;
      for (std::size_t p = 1; p <= std::min(steps_.size(), kPatternMax); ++p) {
        const std::size_t repeats = Repeats(p);
        if (p * repeats > pattern * times) pattern = p, times = repeats;
      }
      if (pattern * times >= 2) {
        text_ += Base36(ToInt(pattern)) + "*" + Base36(ToInt(times)) + ";";
        for (std::size_t i = 0; i < pattern * times; ++i)
          Add(steps_[steps_.size() - pattern].units);
      } else {
        const std::int64_t left = marks_[steps_.size()].tenths - at_ * unit_;
        Add(std::max<std::int64_t>(0, (left + unit_ / 2) / unit_));
        text_ += WordOf(steps_.back());
      }
    }
    return text_;
  }

 private:
  void Add(std::int64_t units) {
    steps_.push_back({units, &marks_[steps_.size()]});
    at_ += units;
  }

  // How many whole times the last `pattern` steps fit what follows.
  std::size_t Repeats(std::size_t pattern) const {
    const std::size_t begin = steps_.size();
    std::int64_t at = at_;
    std::size_t same = 0;
    for (; begin + same < size_; ++same) {
      const Step& step = steps_[begin - pattern + same % pattern];
      const Mark& mark = marks_[begin + same];
      at += step.units;
      const std::int64_t wrong = at * unit_ - mark.tenths;
      if (std::max(wrong, -wrong) > unit_) break;
      if (mark.admitted != step.mark->admitted || mark.worker != step.mark->worker) break;
    }
    return same / pattern;
  }

  const std::vector<Mark>& marks_;
  const std::size_t size_;
  const std::int64_t unit_;
  std::vector<Step> steps_;
  std::int64_t at_ = 0;
  std::string text_;
};

}  // namespace

std::vector<Mark> MarksOf(const std::vector<Try>& tries) {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < std::min(tries.size(), kMarksMax); ++i) {
    marks.push_back(
        {tries[i].decided / std::chrono::milliseconds(100), tries[i].worker, tries[i].admitted});
  }
  return marks;
}

std::string Encode(const std::vector<Mark>& marks, std::size_t most) {
  return Writer(marks, std::min(marks.size(), most)).Write();
}

}  // namespace kondor::bench
