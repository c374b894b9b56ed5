#include "scenarios/judge/orphans.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include "scenarios/judge/child.h"

namespace kondor::judge {
namespace {

std::vector<pid_t> AllProcesses() {
  std::vector<pid_t> processes;
  DIR* const folder = ::opendir("/proc");
  if (folder == nullptr) return processes;
  while (const dirent* entry = ::readdir(folder)) {  // NOLINT(concurrency-mt-unsafe): our own DIR
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (fault == std::errc() && end == name.data() + name.size()) processes.push_back(pid);
  }
  ::closedir(folder);
  return processes;
}

struct Kinship {
  char state = 'Z';
  pid_t parent = 0;
  pid_t group = 0;
  std::uint64_t began = 0;  // in ticks since the machine's start
};

Kinship KinshipOf(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  Kinship kinship;
  // The name in the middle may hold anything, brackets and blanks included.
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return kinship;
  std::istringstream rest(line.substr(name_end + 1));
  rest >> kinship.state >> kinship.parent >> kinship.group;
  constexpr int kFieldsBetween = 16;
  std::string skipped;
  for (int i = 0; i < kFieldsBetween; ++i) rest >> skipped;
  rest >> kinship.began;
  return kinship;
}

bool HasInEnvironment(pid_t pid, const std::string& mark) {
  if (mark.empty()) return false;
  std::ifstream file("/proc/" + std::to_string(pid) + "/environ", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  const std::string before = '\0' + mark + '\0';
  return ('\0' + all + '\0').find(before) != std::string::npos;
}

}  // namespace

void AdoptOrphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

bool IsGroupAlive(pid_t group) {
  while (::waitpid(-group, nullptr, WNOHANG) > 0) {
  }
  return ::kill(-group, 0) == 0;
}

void Descendants::Look() {
  std::map<pid_t, Kinship> all;
  for (const pid_t pid : AllProcesses()) all.emplace(pid, KinshipOf(pid));
  const auto is_one = [&](pid_t pid) {
    const auto kinship = all.find(pid);
    return pid == root_ || (kinship != all.end() && Has(pid, kinship->second.began));
  };
  // A parent may have a higher number than its child: again, until nobody is added.
  for (bool added = true; added;) {
    added = false;
    for (const auto& [pid, kinship] : all) {
      if (is_one(pid) || !is_one(kinship.parent)) continue;
      began_[pid] = kinship.began;
      added = true;
    }
  }
}

bool Descendants::Has(pid_t pid, std::uint64_t began) const {
  const auto known = began_.find(pid);
  return known != began_.end() && known->second == began;
}

std::vector<pid_t> FindAdopted(const Kin& kin) {
  std::vector<pid_t> adopted;
  for (const pid_t pid : AllProcesses()) {
    const Kinship kinship = KinshipOf(pid);
    if (kinship.parent != ::getpid() || kinship.group == kin.group || kinship.state == 'Z') {
      continue;
    }
    if (kin.unmarked == Unmarked::kOurs || kin.descendants.Has(pid, kinship.began) ||
        HasInEnvironment(pid, kin.mark)) {
      adopted.push_back(pid);
    }
  }
  return adopted;
}

}  // namespace kondor::judge
