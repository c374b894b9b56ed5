// Processes that a program left when it ended: those of its group, and those that went into a group
// or session of their own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kondor::judge {

// Whether a process of that group is alive. Takes note of its dead, if they are ours.
bool IsGroupAlive(pid_t group);

// Processes that were seen to descend from one, while it lived. Not thread-safe.
class Descendants {
 public:
  explicit Descendants(pid_t root) : root_(root) {}

  // Takes note of those alive. Reads of every process of the machine: not too often.
  void Look();
  // Whether that process, which began at `began`, is one: numbers are used again.
  bool Has(pid_t pid, std::uint64_t began) const;

 private:
  pid_t root_;
  std::map<pid_t, std::uint64_t> began_;
};

// Whose the orphans are that bear no mark, and that nobody saw while they had a parent.
enum class Unmarked { kOurs, kSomebodys };

struct Kin {
  std::string mark;  // a whole "NAME=VALUE" of their environment
  pid_t group = 0;   // not those in it
  const Descendants& descendants;
  Unmarked unmarked = Unmarked::kSomebodys;
};

// Living processes that came to be children of this one and are `kin`. With AdoptOrphans(), daemons
// come to be that.
std::vector<pid_t> FindAdopted(const Kin& kin);

}  // namespace kondor::judge
